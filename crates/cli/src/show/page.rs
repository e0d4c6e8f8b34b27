use super::Color;
use super::words::{Line, Mark, clean, wrap};
use anstyle::{AnsiColor, Style};
use counterclaim_claims::{Certainty, Check, Claim, Event, Exhibit, Incident, Loss, Reading, Source, Toll, Voice};
use counterclaim_ledger::label;
use counterclaim_text::{Layout, Offsets, Sentence, TokenRules, tokenize};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// How readings are laid out for people. Nothing of it needs colour to be understood.
pub(crate) struct Page {
    width: usize,
    color: bool,
}

const HEAD: Style = Style::new().bold();
const WHO: Style = AnsiColor::Cyan.on_default().bold();
const QUIET: Style = Style::new().dimmed();
const SIGNS: Style = AnsiColor::Yellow.on_default();
/// Under a claim's first line everything stands this far in.
const INDENT: &str = "    ";

impl Page {
    /// A page of that many columns: else COLUMNS, else the terminal's, else 80.
    pub(crate) fn new(width: Option<usize>, color: Color) -> Self {
        let columns = || {
            std::env::var("COLUMNS")
                .ok()?
                .trim()
                .parse()
                .ok()
                .filter(|&n: &usize| n >= 20)
        };
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        // Longer lines than that are hard to follow.
        let width = width
            .or_else(columns)
            .or_else(|| terminal().map(|n| n.clamp(20, 120)))
            .unwrap_or(80);
        Self {
            width,
            color: color.wanted(),
        }
    }

    /// A whole reading.
    pub(crate) fn reading(&self, reading: &Reading) -> String {
        let mut out = String::new();
        let document = &reading.document;
        let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}{}", if n == 1 { "" } else { "s" }));
        let claims = count(reading.claims.len(), "claim").unwrap_or_else(|| "no claims".into());
        let facts = [
            document.language.clone(),
            document.published.clone(),
            Some(claims),
            count(reading.exhibits.len(), "exhibit"),
            count(document.repairs.len(), "repair"),
        ];
        self.put(&mut out, "", HEAD, &document.uri);
        self.put(
            &mut out,
            "",
            Style::new(),
            document.title.as_deref().unwrap_or_default(),
        );
        self.put(
            &mut out,
            "",
            QUIET,
            &facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        );
        let sentences = Sentences::of(&document.text);
        for (n, claim) in reading.claims.iter().enumerate() {
            out.push('\n');
            self.claim(&mut out, &sentences, n + 1, claim);
        }
        if !reading.exhibits.is_empty() {
            out.push('\n');
        }
        for exhibit in &reading.exhibits {
            self.exhibit(&mut out, reading, exhibit);
        }
        if !reading.incidents.is_empty() {
            out.push('\n');
        }
        let numbers: HashMap<&str, usize> = reading.claims.iter().map(|c| c.id.as_str()).zip(1..).collect();
        for incident in &reading.incidents {
            self.incident(&mut out, &numbers, incident);
        }
        for check in &reading.checks {
            self.check(&mut out, reading, check);
        }
        for note in &reading.notes {
            self.note(&mut out, note);
        }
        out.push('\n');
        out
    }

    fn claim(&self, out: &mut String, sentences: &Sentences<'_>, number: usize, claim: &Claim) {
        let head = format!("{number:>2}  {}", claimants(claim));
        self.put_hanging(out, WHO, &head);
        let mut manner = vec![code(&claim.stance)];
        if claim.certainty == Certainty::Hedged {
            manner.push(code(&claim.certainty));
        }
        manner.extend(
            claim
                .evidence
                .iter()
                .map(|evidence| format!("evidence: {}", code(evidence))),
        );
        manner.extend(claim.said.as_ref().map(|day| format!("said {day}")));
        if claim.background {
            manner.push("background".into());
        }
        self.put(out, INDENT, Style::new(), &manner.join(" · "));
        for event in &claim.events {
            self.put(out, INDENT, Style::new(), &happening(event));
        }
        self.words(out, sentences, claim);
        self.put(out, INDENT, QUIET, &claim.id);
    }

    /// The sentence of a claim, with who, cue and content marked under it.
    fn words(&self, out: &mut String, sentences: &Sentences<'_>, claim: &Claim) {
        let mut marks: Vec<(Range<usize>, Mark)> = Vec::new();
        marks.extend(
            claim
                .source
                .iter()
                .filter_map(|s| s.mark)
                .map(|m| (m.start..m.end, Mark::Source)),
        );
        marks.extend(claim.cue.iter().map(|m| (m.start..m.end, Mark::Cue)));
        if claim.parts.is_empty() {
            marks.push((claim.start..claim.end, Mark::Content));
        } else {
            marks.extend(claim.parts.iter().map(|m| (m.start..m.end, Mark::Content)));
        }
        let (begin, text) = sentences.around(claim.start..claim.end);
        let inside = |(range, mark): (Range<usize>, Mark)| {
            (range.end > begin).then(|| (range.start.saturating_sub(begin)..range.end - begin, mark))
        };
        let marks: Vec<_> = marks.into_iter().filter_map(inside).collect();
        for Line { words, signs } in wrap(text, &marks, self.width.saturating_sub(INDENT.len() + 2)) {
            let _ = writeln!(out, "{INDENT}{} {words}", self.paint(QUIET, "│"));
            if !signs.is_empty() {
                let _ = writeln!(out, "{INDENT}{} {}", self.paint(QUIET, "│"), self.paint(SIGNS, &signs));
            }
        }
    }

    fn exhibit(&self, out: &mut String, reading: &Reading, exhibit: &Exhibit) {
        let publisher = &exhibit.publisher;
        let codes = label::codes(publisher.party.as_deref(), publisher.sector);
        let who = match &publisher.name {
            Some(name) if codes.is_empty() => name.clone(),
            Some(name) => format!("{name} ({codes})"),
            None if codes.is_empty() => "?".into(),
            None => codes,
        };
        let day = exhibit
            .published
            .as_ref()
            .map(|day| format!(" · {day}"))
            .unwrap_or_default();
        let words = reading.slice(exhibit.start, exhibit.end);
        self.put(
            out,
            "",
            Style::new(),
            &format!("{}: {who}{day} · “{words}”", code(&exhibit.kind)),
        );
    }

    /// A happening on one line, with the numbers of the claims that speak of it.
    fn incident(&self, out: &mut String, numbers: &HashMap<&str, usize>, incident: &Incident) {
        let event = Event {
            act: incident.act,
            actor: incident.actor.clone(),
            target: incident.target.clone(),
            place: incident.place.clone(),
            time: incident.time.clone(),
            ..Event::default()
        };
        let mut claims: Vec<String> = incident
            .mentions
            .iter()
            .filter_map(|mention| numbers.get(mention.claim.as_str()))
            .map(usize::to_string)
            .collect();
        claims.dedup();
        let background = if incident.background { " · background" } else { "" };
        let plural = if claims.len() == 1 { "" } else { "s" };
        self.put_hanging(
            out,
            Style::new(),
            &format!(
                "incident {}{background} · claim{plural} {}",
                happening(&event),
                claims.join(", ")
            ),
        );
    }

    fn check(&self, out: &mut String, reading: &Reading, check: &Check) {
        let Check {
            kind,
            says,
            computed,
            why,
            ..
        } = check;
        let words = reading.slice(check.start, check.end);
        self.put(
            out,
            "",
            HEAD,
            &format!("check {kind}: “{words}” says {says}, computed {computed} ({why})"),
        );
    }

    /// A paragraph in one style; nothing for no words.
    fn put(&self, out: &mut String, indent: &str, style: Style, text: &str) {
        for line in wrap(text, &[], self.width.saturating_sub(indent.width())) {
            let _ = writeln!(out, "{indent}{}", self.paint(style, &line.words));
        }
    }

    /// A note; one of several lines keeps them, each as far in as it stands.
    fn note(&self, out: &mut String, note: &str) {
        let mut lines = note.lines();
        self.put_hanging(out, QUIET, &format!("note: {}", lines.next().unwrap_or_default()));
        for line in lines {
            let words = line.trim_start_matches(' ');
            let indent = " ".repeat((line.len() - words.len()).min(self.width / 4));
            for (n, line) in wrap(words, &[], self.width.saturating_sub(indent.len() + INDENT.len()))
                .into_iter()
                .enumerate()
            {
                let hanging = if n == 0 { "" } else { INDENT };
                let _ = writeln!(out, "{indent}{hanging}{}", self.paint(QUIET, &line.words));
            }
        }
    }

    /// A paragraph whose lines after the first are indented.
    fn put_hanging(&self, out: &mut String, style: Style, text: &str) {
        for (n, line) in wrap(text, &[], self.width.saturating_sub(INDENT.len()))
            .into_iter()
            .enumerate()
        {
            let indent = if n == 0 { "" } else { INDENT };
            let _ = writeln!(out, "{indent}{}", self.paint(style, &line.words));
        }
    }

    fn paint(&self, style: Style, words: &str) -> String {
        if self.color {
            format!("{style}{words}{style:#}")
        } else {
            words.to_owned()
        }
    }
}

/// Who claims, and who relays it.
fn claimants(claim: &Claim) -> String {
    let named = |sources: &[Source]| {
        let each = sources.iter().map(|source| clean(&label::with_codes(source)));
        each.collect::<Vec<_>>().join(" and ")
    };
    let who = match (claim.voice, claim.source.is_empty()) {
        (Voice::Report, _) => "the report itself".into(),
        (Voice::Source, true) => "nobody named".into(),
        (Voice::Source, false) => named(&claim.source),
    };
    if claim.via.is_empty() {
        who
    } else {
        format!("{who}, via {}", named(&claim.via))
    }
}

/// What is said to have happened, on one line.
fn happening(event: &Event) -> String {
    let side =
        |who: &[counterclaim_claims::Participant]| who.iter().map(label::participant).collect::<Vec<_>>().join(" + ");
    let mut out = format!("{}{}", if event.negated { "not: " } else { "" }, event.act.code());
    match (event.actor.is_empty(), event.target.is_empty()) {
        (true, true) => {}
        (false, true) => out += &format!(": {}", side(&event.actor)),
        (true, false) => out += &format!(": → {}", side(&event.target)),
        (false, false) => out += &format!(": {} → {}", side(&event.actor), side(&event.target)),
    }
    let mut facts: Vec<String> = Vec::new();
    let places: Vec<_> = event.place.iter().map(|place| place.name.as_str()).collect();
    facts.extend((!places.is_empty()).then(|| format!("at {}", places.join(", "))));
    facts.extend(event.time.as_ref().map(|time| format!("on {time}")));
    let weapons: Vec<_> = event.weapon.iter().map(|weapon| weapon.code()).collect();
    facts.extend((!weapons.is_empty()).then(|| format!("with {}", weapons.join(", "))));
    facts.extend(event.toll.iter().map(
        |Toll {
             harm,
             who,
             party,
             min,
             max,
             approx,
         }| {
            let whose = party.as_ref().map(|party| format!(" ({party})")).unwrap_or_default();
            format!(
                "{} {} {}{whose}",
                label::range(*min, *max, *approx),
                code(who),
                code(harm)
            )
        },
    ));
    facts.extend(event.losses.iter().map(
        |Loss {
             class,
             harm,
             party,
             min,
             max,
         }| {
            let whose = party.as_ref().map(|party| format!(" ({party})")).unwrap_or_default();
            format!(
                "{} {} {}{whose}",
                label::range(*min, *max, false),
                class.code(),
                code(harm)
            )
        },
    ));
    for fact in facts {
        out += " · ";
        out += &fact;
    }
    clean(&out)
}

/// A value by its code in the contract.
fn code(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

/// Where the sentences of a text stand. They are found once a report, for a report may have many claims.
struct Sentences<'a> {
    text: &'a str,
    /// In code points and in bytes, without the space after them; paragraphs end sentences.
    all: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Sentences<'a> {
    fn of(text: &'a str) -> Self {
        // Which words keep their full stop is the reader's knowledge; to show a sentence cut in two does no harm.
        let sentences = Layout::new(text, &tokenize(text, &TokenRules::default())).sentences;
        let offsets = Offsets::new(text);
        let range = |sentence: Sentence| {
            let bytes = sentence.span.start as usize..sentence.span.end as usize;
            (offsets.code_point(bytes.start)..offsets.code_point(bytes.end), bytes)
        };
        Self {
            text,
            all: sentences.into_iter().map(range).collect(),
        }
    }

    /// The sentences that hold a stretch of code points: where they begin, and their words.
    fn around(&self, span: Range<usize>) -> (usize, &'a str) {
        let first = self.all.partition_point(|(chars, _)| chars.end <= span.start);
        let after = self.all.partition_point(|(chars, _)| chars.start < span.end);
        match self.all.get(first..after) {
            Some([(chars, bytes), .., (_, last)]) => (chars.start, &self.text[bytes.start..last.end]),
            Some([(chars, bytes)]) => (chars.start, &self.text[bytes.clone()]),
            _ => (span.start, ""),
        }
    }
}
