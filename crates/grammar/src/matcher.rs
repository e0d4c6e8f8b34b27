use crate::Chart;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A compiled pattern. Build one with [`crate::parse_rules`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    pub(crate) nodes: Vec<Node>,
    /// Left of the anchor, the anchor, right of it.
    pub(crate) left: Vec<u16>,
    pub(crate) anchor: u16,
    pub(crate) right: Vec<u16>,
    pub(crate) captures: Vec<String>,
    /// Features of which every match has each on one edge or another.
    pub(crate) needs: u128,
    /// Features of which every match has each on an edge left of the anchor, and right of it.
    pub(crate) sides: [u128; 2],
    /// Features that one edge right before the anchor has in every match, and one right behind it.
    pub(crate) beside: [u128; 2],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Node {
    Edge { need: u128, shun: u128 },
    Word(u64),
    Seq(Vec<u16>),
    Alt(Vec<u16>),
    Repeat { node: u16, min: u8, max: u8 },
    Capture { slot: u8, node: u16 },
    Start,
    End,
}

/// Where a pattern matched, in chart positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// From its first to its last element.
    pub span: Range<u16>,
    slots: Slots,
}

/// No pattern has more captures: the parser sees to it.
pub(crate) const MOST_SLOTS: usize = 12;

type Slots = [Option<Range<u16>>; MOST_SLOTS];

impl Match {
    /// Where capture `slot` matched.
    pub fn get(&self, slot: usize) -> Option<Range<u16>> {
        self.slots.get(slot).cloned().flatten()
    }
}

/// No pattern on a real sentence needs more; a hostile one is cut off here.
const STEPS: u32 = 4000;

struct Run<'a> {
    pattern: &'a Pattern,
    chart: &'a Chart,
    slots: Slots,
    steps: u32,
    backward: bool,
}

impl Pattern {
    /// The slot of a named capture.
    pub fn capture(&self, name: &str) -> Option<usize> {
        self.captures.iter().position(|c| c == name)
    }

    /// Names of the captures, in slot order.
    pub fn captures(&self) -> &[String] {
        &self.captures
    }

    /// Features of which every match has each on one of its edges: in a chart whose edges together lack any, the pattern matches nowhere.
    pub fn needs(&self) -> u128 {
        self.needs
    }

    /// Whether the anchor can stand on this edge.
    pub fn anchors(&self, edge: &crate::Edge) -> bool {
        self.fits(self.anchor, edge)
    }

    pub(crate) fn find_needs(nodes: &[Node], node: u16) -> u128 {
        match &nodes[node as usize] {
            Node::Edge { need, .. } => *need,
            Node::Capture { node, .. } => Self::find_needs(nodes, *node),
            Node::Repeat { node, min, .. } if *min > 0 => Self::find_needs(nodes, *node),
            Node::Seq(list) => list.iter().fold(0, |all, n| all | Self::find_needs(nodes, *n)),
            Node::Alt(list) => list.iter().fold(u128::MAX, |all, n| all & Self::find_needs(nodes, *n)),
            _ => 0,
        }
    }

    /// Features that the edge has in every match that a node begins with; of the last of its elements when going backward.
    pub(crate) fn first_needs(nodes: &[Node], node: u16, backward: bool) -> u128 {
        let first = |node: &u16| Self::first_needs(nodes, *node, backward);
        match &nodes[node as usize] {
            Node::Edge { need, .. } => *need,
            Node::Capture { node, .. } => first(node),
            Node::Repeat { node, min, .. } if *min > 0 => first(node),
            Node::Seq(list) if backward => list.last().map_or(0, first),
            Node::Seq(list) => list.first().map_or(0, first),
            Node::Alt(list) => list.iter().fold(u128::MAX, |all, n| all & first(n)),
            _ => 0,
        }
    }

    /// Whether the edges beside an anchor have what every match needs there: most rules are ruled out by that.
    fn may_stand(&self, chart: &Chart, anchor: &crate::Edge) -> bool {
        let [left, right] = chart.around(anchor.start, anchor.end);
        let [before, behind] = chart.beside(anchor.start, anchor.end);
        (self.sides[0] & !left) | (self.sides[1] & !right) | (self.beside[0] & !before) | (self.beside[1] & !behind)
            == 0
    }

    /// Matches with the anchor on edge number `edge` of the chart. Elements take the longest edge that lets the
    /// rest match.
    pub fn at(&self, chart: &Chart, edge: usize) -> Option<Match> {
        let anchor = chart.edges()[edge];
        if !self.fits(self.anchor, &anchor) || !self.may_stand(chart, &anchor) {
            return None;
        }
        let mut run = Run {
            pattern: self,
            chart,
            slots: [const { None }; MOST_SLOTS],
            steps: STEPS,
            backward: true,
        };
        if let Node::Capture { slot, .. } = &self.nodes[self.anchor as usize] {
            run.slots[*slot as usize] = Some(anchor.start..anchor.end);
        }
        let found = run.around(&anchor);
        chart.tried(STEPS - run.steps);
        Some(Match {
            span: found?,
            slots: run.slots,
        })
    }

    fn fits(&self, node: u16, edge: &crate::Edge) -> bool {
        match &self.nodes[node as usize] {
            Node::Edge { need, shun } => edge.features & need == *need && edge.features & shun == 0,
            Node::Word(hash) => edge.word == *hash,
            Node::Capture { node, .. } => self.fits(*node, edge),
            Node::Alt(nodes) => nodes.iter().any(|n| self.fits(*n, edge)),
            _ => false,
        }
    }
}

type Then<'k> = &'k mut dyn FnMut(&mut Run<'_>, u16) -> bool;

impl Run<'_> {
    /// What the pattern covers around its anchor.
    fn around(&mut self, anchor: &crate::Edge) -> Option<Range<u16>> {
        let pattern = self.pattern;
        let mut start = None;
        self.seq(&pattern.left, anchor.start, &mut |_, at| {
            start = Some(at);
            true
        });
        let start = start?;
        self.backward = false;
        let mut end = None;
        self.seq(&pattern.right, anchor.end, &mut |_, at| {
            end = Some(at);
            true
        });
        Some(start..end?)
    }

    /// Matches `nodes` one after the other from `at` (from the last to the first when going backward).
    fn seq(&mut self, nodes: &[u16], at: u16, then: Then<'_>) -> bool {
        let split = if self.backward {
            nodes.split_last().map(|(n, rest)| (*n, rest))
        } else {
            nodes.split_first().map(|(n, rest)| (*n, rest))
        };
        match split {
            None => then(self, at),
            Some((node, rest)) => self.node(node, at, &mut |run, next| run.seq(rest, next, then)),
        }
    }

    fn node(&mut self, node: u16, at: u16, then: Then<'_>) -> bool {
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        let pattern = self.pattern;
        let chart = self.chart;
        match &pattern.nodes[node as usize] {
            Node::Edge { .. } | Node::Word(_) => {
                if self.backward {
                    chart.ending(at).any(|e| pattern.fits(node, e) && then(self, e.start))
                } else {
                    chart
                        .starting(at)
                        .iter()
                        .any(|e| pattern.fits(node, e) && then(self, e.end))
                }
            }
            Node::Seq(nodes) => self.seq(nodes, at, then),
            Node::Alt(nodes) => nodes.iter().any(|n| self.node(*n, at, then)),
            Node::Repeat { node, min, max } => self.repeat(*node, *min, *max, at, then),
            Node::Capture { slot, node } => {
                let slot = *slot as usize;
                let before = self.slots[slot].clone();
                let done = self.node(*node, at, &mut |run, next| {
                    let inner = run.slots[slot].replace(at.min(next)..at.max(next));
                    let done = then(run, next);
                    if !done {
                        run.slots[slot] = inner;
                    }
                    done
                });
                if !done {
                    self.slots[slot] = before;
                }
                done
            }
            Node::Start => at == 0 && then(self, at),
            Node::End => at == chart.positions() && then(self, at),
        }
    }

    fn repeat(&mut self, node: u16, min: u8, max: u8, at: u16, then: Then<'_>) -> bool {
        if max > 0 {
            let more = self.node(node, at, &mut |run, next| {
                next != at && run.repeat(node, min.saturating_sub(1), max - 1, next, then)
            });
            if more {
                return true;
            }
        }
        min == 0 && then(self, at)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Chart, Edge, Features, parse_rules};

    /// Elements tried with the anchor at every edge of a row of `n` words that could all be anything.
    fn steps(pattern: &str, n: u16) -> u64 {
        let mut features = Features::default();
        let (a, b) = (features.bit("a"), features.bit("b"));
        let rules = parse_rules("t.rules", &format!("rule r\n  pattern {pattern}\n"), &mut features).unwrap();
        let mut chart = Chart::default();
        for start in 0..n {
            for end in [start + 1, start + 2] {
                chart.push(Edge {
                    start,
                    end,
                    features: a | b,
                    word: 0,
                });
            }
        }
        chart.build(n + 1);
        for edge in 0..chart.edges().len() {
            rules[0].pattern.at(&chart, edge);
        }
        chart.steps()
    }

    #[test]
    fn matching_takes_steps_by_the_length_of_the_sentence() {
        for pattern in [
            "!<a>",
            "<a>* !<a> <b>*",
            "(<a> | <b>)+ !<a> (<a> <b>?)* /",
            "^ <a>* !<b> <a>* <b>* \"x\"",
        ] {
            let (once, twice) = (steps(pattern, 400), steps(pattern, 800));
            assert!(twice <= once * 5 / 2, "{pattern}: {once} steps, then {twice}");
        }
    }
}
