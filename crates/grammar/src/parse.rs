use crate::matcher::{MOST_SLOTS, Node, Pattern};
use crate::word_hash;
use serde::{Deserialize, Serialize};

/// The names of features and their bits, at most 128.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    names: Vec<String>,
    closed: bool,
}

impl Features {
    /// A table of just these names: a rule that uses another is an error.
    pub fn closed(names: &[&str]) -> Self {
        Features {
            names: names.iter().map(|n| (*n).to_owned()).collect(),
            closed: true,
        }
    }

    /// The bit of `name`, given out on first use.
    ///
    /// # Panics
    /// When more than 128 names are asked for.
    pub fn bit(&mut self, name: &str) -> u128 {
        let at = self.names.iter().position(|n| n == name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        });
        assert!(at < 128, "more than 128 features");
        1 << at
    }

    fn get(&mut self, name: &str) -> Option<u128> {
        if self.closed {
            self.names.iter().position(|n| n == name).map(|at| 1 << at)
        } else {
            Some(self.bit(name))
        }
    }
}

/// A sentence that stands beside a rule and what the rule must make of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Captures and their words; none for a sentence that the rule must leave alone.
    pub expect: Vec<(String, String)>,
    /// Line of the rule file.
    pub line: u32,
}

/// One rule of a rule file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name, unique in its file.
    pub name: String,
    /// Its pattern.
    pub pattern: Pattern,
    /// `key value` lines beside the pattern, in order.
    pub settings: Vec<(String, String)>,
    /// Sentences that it must match (`yes`) or leave alone (`no`).
    pub examples: Vec<Example>,
}

impl Rule {
    /// The value of a setting.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// A mistake in a rule file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct RuleError {
    /// The file's name as it was given.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// What is wrong and what to do.
    pub what: String,
}

/// Reads a rule file: rules with `pattern`, settings and examples; `let NAME = …` macros used as `$NAME`; `#` comments.
pub fn parse_rules(file: &str, text: &str, features: &mut Features) -> Result<Vec<Rule>, RuleError> {
    let mut macros: Vec<(String, String)> = Vec::new();
    let mut rules: Vec<Draft> = Vec::new();
    for (n, raw) in text.lines().enumerate() {
        let line = n as u32 + 1;
        let fail = |what: String| RuleError {
            file: file.to_owned(),
            line,
            what,
        };
        let content = raw.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let (key, value) = content
            .split_once(char::is_whitespace)
            .map_or((content, ""), |(k, v)| (k, v.trim()));
        match (key, rules.last_mut()) {
            ("let", _) => {
                let (name, body) = value
                    .split_once('=')
                    .ok_or_else(|| fail("write `let name = pattern`".into()))?;
                macros.push((name.trim().to_owned(), body.trim().to_owned()));
            }
            ("rule", _) => rules.push(Draft {
                name: value.to_owned(),
                line,
                ..Draft::default()
            }),
            (_, None) => return Err(fail(format!("`{key}` stands before the first `rule NAME`"))),
            ("pattern", Some(rule)) => rule.pattern.push((value.to_owned(), line)),
            ("yes", Some(rule)) => rule.examples.push(example(value, line).map_err(fail)?),
            ("no", Some(rule)) => {
                let text = value.trim_matches('`').to_owned();
                rule.examples.push(Example {
                    text,
                    expect: Vec::new(),
                    line,
                });
            }
            (_, Some(rule)) => rule.settings.push((key.to_owned(), value.to_owned())),
        }
    }
    let mut out: Vec<Rule> = Vec::new();
    for draft in rules {
        let fail = |line: u32, what: String| RuleError {
            file: file.to_owned(),
            line,
            what,
        };
        if draft.pattern.is_empty() {
            return Err(fail(draft.line, format!("rule `{}` has no `pattern` line", draft.name)));
        }
        let many = draft.pattern.len() > 1;
        for (n, (source, line)) in draft.pattern.iter().enumerate() {
            let pattern = compile(source, &macros, features).map_err(|what| fail(*line, what))?;
            let name = if many {
                format!("{}.{}", draft.name, n + 1)
            } else {
                draft.name.clone()
            };
            let examples = if n == 0 { draft.examples.clone() } else { Vec::new() };
            out.push(Rule {
                name,
                pattern,
                settings: draft.settings.clone(),
                examples,
            });
        }
    }
    Ok(out)
}

#[derive(Default)]
struct Draft {
    name: String,
    line: u32,
    pattern: Vec<(String, u32)>,
    settings: Vec<(String, String)>,
    examples: Vec<Example>,
}

/// `` `sentence` name="words" name="words" ``
fn example(value: &str, line: u32) -> Result<Example, String> {
    let usage = "write an example as `sentence` and then capture=`words`, all in backquotes";
    let mut parts = value.split('`');
    if parts.next() != Some("") {
        return Err(usage.into());
    }
    let text = parts.next().ok_or(usage)?.to_owned();
    let mut expect = Vec::new();
    while let (Some(key), Some(words)) = (parts.next(), parts.next()) {
        let key = key.trim().strip_suffix('=').ok_or(usage)?;
        expect.push((key.to_owned(), words.to_owned()));
    }
    if expect.is_empty() {
        return Err(usage.into());
    }
    Ok(Example { text, expect, line })
}

fn compile(source: &str, macros: &[(String, String)], features: &mut Features) -> Result<Pattern, String> {
    let mut expanded = source.to_owned();
    for _ in 0..8 {
        if !expanded.contains('$') {
            break;
        }
        // Longest name first, so that `$adv` does not eat the start of `$adverbs`.
        let mut by_length: Vec<_> = macros.iter().collect();
        by_length.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for (name, body) in by_length {
            expanded = expanded.replace(&format!("${name}"), &format!("({body})"));
        }
    }
    let mut compiler = Compiler {
        rest: &expanded,
        nodes: Vec::new(),
        captures: Vec::new(),
        anchor: None,
        features,
    };
    let mut top = compiler.sequence(true)?;
    if !compiler.rest.is_empty() {
        return Err(format!("cannot read the pattern from `{}` on", compiler.rest));
    }
    let at = compiler
        .anchor
        .ok_or("mark one element as the anchor with `!` before it, outside all brackets")?;
    let (nodes, captures) = (compiler.nodes, compiler.captures);
    let right = top.split_off(at + 1);
    let anchor = top.pop().unwrap_or_default();
    let needs = |list: &[u16]| {
        list.iter()
            .fold(0, |all, node| all | Pattern::find_needs(&nodes, *node))
    };
    let sides = [needs(&top), needs(&right)];
    let needs = sides[0] | sides[1] | needs(&[anchor]);
    let before = top.last().map_or(0, |n| Pattern::first_needs(&nodes, *n, true));
    let behind = right.first().map_or(0, |n| Pattern::first_needs(&nodes, *n, false));
    Ok(Pattern {
        beside: [before, behind],
        sides,
        nodes,
        left: top,
        anchor,
        right,
        captures,
        needs,
    })
}

struct Compiler<'s> {
    rest: &'s str,
    nodes: Vec<Node>,
    captures: Vec<String>,
    anchor: Option<usize>,
    features: &'s mut Features,
}

impl Compiler<'_> {
    fn add(&mut self, node: Node) -> u16 {
        self.nodes.push(node);
        (self.nodes.len() - 1) as u16
    }

    fn eat(&mut self, c: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(c) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sequence(&mut self, top: bool) -> Result<Vec<u16>, String> {
        let mut out = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || self.rest.starts_with([')', '|']) {
                return Ok(out);
            }
            if self.eat('!') {
                if !top || self.anchor.is_some() {
                    return Err("one anchor `!` a pattern, outside all brackets".into());
                }
                self.anchor = Some(out.len());
            }
            let node = self.element()?;
            out.push(node);
        }
    }

    fn element(&mut self) -> Result<u16, String> {
        self.rest = self.rest.trim_start();
        let name = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .unwrap_or(self.rest.len());
        if name > 0 && self.rest[name..].starts_with(':') {
            let label = self.rest[..name].to_owned();
            self.rest = &self.rest[name + 1..];
            let slot = self.captures.iter().position(|c| *c == label).unwrap_or_else(|| {
                self.captures.push(label);
                self.captures.len() - 1
            }) as u8;
            if self.captures.len() > MOST_SLOTS {
                return Err(format!("more than {MOST_SLOTS} captures in one pattern"));
            }
            let node = self.repeated()?;
            return Ok(self.add(Node::Capture { slot, node }));
        }
        self.repeated()
    }

    fn repeated(&mut self) -> Result<u16, String> {
        let node = self.atom()?;
        let (min, max) = match self.rest.chars().next() {
            Some('?') => (0, 1),
            Some('*') => (0, 24),
            Some('+') => (1, 24),
            _ => return Ok(node),
        };
        self.rest = &self.rest[1..];
        Ok(self.add(Node::Repeat { node, min, max }))
    }

    fn atom(&mut self) -> Result<u16, String> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next().ok_or("the pattern ends too early")?;
        self.rest = &self.rest[first.len_utf8()..];
        match first {
            '^' => Ok(self.add(Node::Start)),
            '$' => Err(format!(
                "no `let` for `${}`",
                self.rest.split_whitespace().next().unwrap_or_default()
            )),
            '/' => Ok(self.add(Node::End)),
            '"' => {
                let (word, rest) = self.rest.split_once('"').ok_or("a word is not closed by `\"`")?;
                self.rest = rest;
                Ok(self.add(Node::Word(word_hash(word))))
            }
            '<' => {
                let (names, rest) = self.rest.split_once('>').ok_or("`<` is not closed by `>`")?;
                self.rest = rest;
                let (mut need, mut shun) = (0, 0);
                for name in names.split_whitespace() {
                    let (into, name) = name
                        .strip_prefix('-')
                        .map_or((&mut need, name), |name| (&mut shun, name));
                    *into |= self
                        .features
                        .get(name)
                        .ok_or_else(|| format!("there is no feature `{name}`"))?;
                }
                Ok(self.add(Node::Edge { need, shun }))
            }
            '(' => {
                let mut branches = Vec::new();
                loop {
                    let nodes = self.sequence(false)?;
                    branches.push(self.add(Node::Seq(nodes)));
                    if !self.eat('|') {
                        break;
                    }
                }
                if !self.eat(')') {
                    return Err("`(` is not closed by `)`".into());
                }
                Ok(self.add(Node::Alt(branches)))
            }
            other => Err(format!(
                "`{other}` means nothing here; words stand in \"…\", features in <…>"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_name_their_line() {
        let mut features = Features::closed(&["np"]);
        let at = |text: &str, features: &mut Features| parse_rules("x.rules", text, features).unwrap_err().to_string();
        assert_eq!(
            at("rule a\n  pattern !<vp>\n", &mut features),
            "x.rules:2: there is no feature `vp`"
        );
        assert!(at("rule a\n  pattern <np>\n", &mut features).contains("anchor"));
        assert!(at("pattern <np>\n", &mut features).contains("before the first"));
        assert!(at("rule a\n", &mut features).contains("no `pattern`"));
    }

    #[test]
    fn macros_and_examples_are_read() {
        let mut features = Features::default();
        let text = "let say = \"said\" | \"says\"\nrule a\n  pattern source:<np> !$say content:<s>\n  content right\n  yes `He said no.` source=`He` content=`no`\n  no `He ran.`\n";
        let rules = parse_rules("x.rules", text, &mut features).unwrap();
        assert_eq!(rules[0].setting("content"), Some("right"));
        assert_eq!(rules[0].examples.len(), 2);
        assert_eq!(rules[0].examples[0].expect[1], ("content".into(), "no".into()));
    }
}
