use super::rows::Row;
use crate::gazetteer::PlaceRow;
use crate::sense::HarmFrame;
use crate::{
    ActFlags, ActSense, Cue, Frame, Frames, Func, NameKind, NumberKind, NumberSense, OrgKind, OrgSense, Pack,
    PartyForm, Pos, Scope, Sense, TimeClass, TimeSense,
};
use counterclaim_claims::{Act, Evidence, ExhibitKind, Group, Harm, LossHarm, Materiel, Sector, Stance};
use counterclaim_grammar::word_hash;

/// The forms, part of speech and sense that one row of file `kind` gives.
pub(super) fn of_row<'t>(kind: &str, row: &Row<'t>, pack: &mut Pack) -> Result<Vec<(&'t str, Pos, Sense)>, String> {
    let one = |pos: Pos, sense: Sense| -> Result<Vec<(&'t str, Pos, Sense)>, String> {
        Ok(vec![(row.must("form")?, pos, sense)])
    };
    match kind {
        "cues" => one(pos(row)?, Sense::Cue(cue(row)?)),
        "acts" => one(pos(row)?, Sense::Act(act(row)?)),
        "harm" => one(
            pos(row)?,
            Sense::Harm {
                pos: pos(row)?,
                harm: harm(row.must("harm")?)?,
                frame: harm_frame(row)?,
            },
        ),
        "loss" => one(
            pos(row)?,
            Sense::Loss {
                pos: pos(row)?,
                harm: loss(row.must("harm")?)?,
                frame: harm_frame(row)?,
            },
        ),
        "people" => {
            let plural = matches!(row.get("number"), "pl" | "coll");
            one(
                pos(row)?,
                Sense::Person {
                    who: group(row.must("who")?)?,
                    sector: sector(row.get("sector"))?.unwrap_or_default(),
                    plural,
                },
            )
        }
        "orgs" => one(
            pos(row)?,
            Sense::Org(OrgSense {
                kind: org_kind(row.must("kind")?)?,
                sector: sector(row.get("sector"))?,
            }),
        ),
        "materiel" => one(materiel_pos(row)?, materiel(row)?),
        "exhibits" => one(
            pos(row)?,
            Sense::Exhibit {
                kind: exhibit(row.must("kind")?)?,
                pos: pos(row)?,
            },
        ),
        "evidence" => one(
            Pos::Fixed,
            Sense::Evidence {
                kind: evidence(row.must("evidence")?)?,
                scope: scope(row.get("scope"))?,
            },
        ),
        "hedges" => one(Pos::Fixed, Sense::Hedge),
        "background" => one(Pos::Fixed, Sense::Background),
        "function" => {
            let class = row.must("class")?;
            one(
                Pos::Fixed,
                Sense::Func(Func::from_code(class).ok_or_else(|| format!("there is no class `{class}`"))?),
            )
        }
        "numbers" => one(Pos::Fixed, Sense::Number(number(row)?)),
        "times" => one(
            if row.get("class") == "unit" {
                Pos::Noun
            } else {
                Pos::Fixed
            },
            Sense::Time(time(row)?),
        ),
        "countries" => countries(row, pack),
        "groups" => named(row, NameKind::Group, row.get("code"), row.get("note"), pack),
        "media" => named(row, NameKind::Outlet, row.get("party"), row.get("name"), pack),
        "persons" => named(row, NameKind::Person, row.get("party"), "", pack),
        "regions" => region(row, pack),
        other => Err(format!(
            "no lexicon is called `{other}.tsv`; docs/languages.md lists them"
        )),
    }
}

fn pos(row: &Row<'_>) -> Result<Pos, String> {
    match row.get("pos") {
        "V" => Ok(Pos::Verb),
        "N" => Ok(Pos::Noun),
        "A" => Ok(Pos::Adjective),
        "P" => Ok(Pos::Preposition),
        "R" => Ok(Pos::Adverb),
        "X" | "" => Ok(Pos::Fixed),
        other => Err(format!("there is no pos `{other}`; write one of V N A P R X")),
    }
}

fn cue(row: &Row<'_>) -> Result<Cue, String> {
    let mut cue = Cue {
        pos: pos(row)?,
        ..Cue::default()
    };
    for frame in row.must("frames")?.split(',').map(str::trim) {
        let (name, word) = frame.split_once(':').unwrap_or((frame, ""));
        let bit = match name {
            "clause" => Frames::CLAUSE,
            "quote" => Frames::QUOTE,
            "addressee" => Frames::ADDRESSEE,
            "np" => Frames::NP,
            "np-clause" => Frames::NP_CLAUSE,
            "to" => Frames::TO,
            "prep" => Frames::PREP,
            "blame-on" => Frames::BLAME,
            "as" => Frames::AS,
            "source-clause" => Frames::SOURCE_CLAUSE,
            "source" => Frames::SOURCE,
            "show" => Frames::SHOW,
            "silent" => Frames::SILENT,
            other => return Err(format!("there is no frame `{other}`")),
        };
        cue.frames.0 |= bit.0;
        if !word.is_empty() {
            cue.preps.push(word_hash(word));
        }
    }
    cue.stance = match row.get("stance") {
        "" | "asserts" => Stance::Asserts,
        "denies" => Stance::Denies,
        "accuses" => Stance::Accuses,
        "calls-for" => Stance::CallsFor,
        "threatens" => Stance::Threatens,
        "promises" => Stance::Promises,
        "supports" => Stance::Supports,
        "warns" => Stance::Warns,
        other => return Err(format!("there is no stance `{other}`")),
    };
    for flag in list(row.get("flags")) {
        match flag.split_once('=') {
            Some(("evidence", kind)) => cue.evidence = Some(evidence(kind)?),
            _ => match flag {
                "hedged" => cue.hedged = true,
                "weak" => cue.weak = true,
                "passive-only" => cue.passive_only = true,
                "not-passive" => cue.not_passive = true,
                "negates" => cue.negates = true,
                "mutual" => cue.mutual = true,
                other => return Err(format!("there is no flag `{other}`")),
            },
        }
    }
    Ok(cue)
}

fn act(row: &Row<'_>) -> Result<ActSense, String> {
    let pos = pos(row)?;
    let frame = match row.get("frame") {
        "" if pos == Pos::Noun => Frame::Event,
        "" | "tv" => Frame::Transitive,
        "iv" => Frame::Intransitive,
        "mutual" => Frame::Mutual,
        "undergo" => Frame::Undergo,
        "take" => Frame::Take,
        "leave" => Frame::Leave,
        "state" => Frame::State,
        "object" => Frame::Object,
        "event" => Frame::Event,
        "event-target" => Frame::EventTarget,
        other => return Err(format!("there is no frame `{other}`")),
    };
    let mut flags = ActFlags::default();
    for flag in list(row.get("flags")) {
        match flag {
            "try" => flags.attempt = true,
            "again" => flags.again = true,
            "start" => flags.start = true,
            "stop" => flags.stop = true,
            "weak" => flags.weak = true,
            other => return Err(format!("there is no flag `{other}`")),
        }
    }
    let code = row.must("act")?;
    Ok(ActSense {
        pos,
        act: Act::from_code(code).ok_or_else(|| format!("there is no act `{code}`"))?,
        frame,
        weapon: match row.get("weapon") {
            "" => None,
            class => Some(class_of(class)?),
        },
        harm: match row.get("harm") {
            "" => None,
            code => Some(harm(code)?),
        },
        flags,
    })
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(',').map(str::trim).filter(|f| !f.is_empty())
}

fn harm(code: &str) -> Result<Harm, String> {
    Ok(match code {
        "killed" => Harm::Killed,
        "wounded" => Harm::Wounded,
        "missing" => Harm::Missing,
        "captured" => Harm::Captured,
        "displaced" => Harm::Displaced,
        "detained" => Harm::Detained,
        "casualties" => Harm::Casualties,
        other => return Err(format!("there is no harm `{other}`")),
    })
}

fn loss(code: &str) -> Result<LossHarm, String> {
    Ok(match code {
        "destroyed" => LossHarm::Destroyed,
        "damaged" => LossHarm::Damaged,
        "captured" => LossHarm::Captured,
        "shot-down" => LossHarm::ShotDown,
        "targeted" => LossHarm::Targeted,
        other => return Err(format!("there is no harm `{other}`")),
    })
}

fn harm_frame(row: &Row<'_>) -> Result<HarmFrame, String> {
    Ok(match row.get("frame") {
        "" | "tv" => HarmFrame::Transitive,
        "iv" => HarmFrame::Intransitive,
        "noun" => HarmFrame::Noun,
        "adj" => HarmFrame::Adjective,
        "lose" => HarmFrame::Lose,
        other => return Err(format!("there is no frame `{other}`; write one of tv iv noun adj lose")),
    })
}

fn group(code: &str) -> Result<Group, String> {
    Ok(match code {
        "civilian" => Group::Civilian,
        "military" => Group::Military,
        "police" => Group::Police,
        "mixed" => Group::Mixed,
        "unknown" => Group::Unknown,
        other => return Err(format!("there is no group `{other}`")),
    })
}

fn sector(code: &str) -> Result<Option<Sector>, String> {
    match code {
        "" => Ok(None),
        code => Sector::from_code(code)
            .map(Some)
            .ok_or_else(|| format!("there is no sector `{code}`")),
    }
}

fn org_kind(code: &str) -> Result<OrgKind, String> {
    Ok(match code {
        "org" => OrgKind::Org,
        "title" => OrgKind::Title,
        "role" => OrgKind::Role,
        "place" => OrgKind::Place,
        "state" => OrgKind::State,
        other => return Err(format!("there is no kind `{other}`")),
    })
}

fn class_of(code: &str) -> Result<Materiel, String> {
    Materiel::from_code(code).ok_or_else(|| format!("there is no class `{code}`"))
}

/// Designations do not inflect; names of kinds do.
fn materiel_pos(row: &Row<'_>) -> Result<Pos, String> {
    Ok(match (list(row.get("flags")).any(|f| f == "name"), pos(row)?) {
        (true, Pos::Fixed) => Pos::Noun,
        (_, pos) => pos,
    })
}

fn materiel(row: &Row<'_>) -> Result<Sense, String> {
    use Materiel::*;
    let class = class_of(row.must("class")?)?;
    let (mut weapon, mut object) = (
        !matches!(
            class,
            Vehicle | Radar | CommandPost | Fortification | Depot | Base | Infrastructure | CivilianObject | Other
        ),
        !matches!(
            class,
            SmallArms | ChemicalWeapon | ClusterMunition | ExplosiveDevice | Bomb
        ),
    );
    let flags: Vec<&str> = list(row.get("flags")).collect();
    if flags.contains(&"weapon") || flags.contains(&"object") {
        (weapon, object) = (flags.contains(&"weapon"), flags.contains(&"object"));
    }
    match flags.iter().find(|f| !matches!(**f, "weapon" | "object" | "name")) {
        Some(other) => Err(format!("there is no flag `{other}`")),
        None => Ok(Sense::Materiel { class, weapon, object }),
    }
}

fn exhibit(code: &str) -> Result<ExhibitKind, String> {
    Ok(match code {
        "video" => ExhibitKind::Video,
        "photo" => ExhibitKind::Photo,
        "map" => ExhibitKind::Map,
        "document" => ExhibitKind::Document,
        "audio" => ExhibitKind::Audio,
        other => return Err(format!("there is no kind `{other}`")),
    })
}

fn evidence(code: &str) -> Result<Evidence, String> {
    Ok(match code {
        "video" => Evidence::Video,
        "photo" => Evidence::Photo,
        "document" => Evidence::Document,
        "witness" => Evidence::Witness,
        "figure" => Evidence::Figure,
        "none-offered" => Evidence::NoneOffered,
        "not-verified" => Evidence::NotVerified,
        "verified" => Evidence::Verified,
        other => return Err(format!("there is no evidence `{other}`")),
    })
}

fn scope(code: &str) -> Result<Scope, String> {
    Ok(match code {
        "" | "claim" => Scope::Claim,
        "previous" => Scope::Previous,
        "all" => Scope::All,
        other => return Err(format!("there is no scope `{other}`")),
    })
}

fn number(row: &Row<'_>) -> Result<NumberSense, String> {
    let parse = |column: &str| match row.get(column) {
        "" => Ok(None),
        n => n
            .parse::<u64>()
            .map(Some)
            .map_err(|_| format!("`{n}` is no whole number")),
    };
    let kind = match row.must("kind")? {
        "digit" => NumberKind::Digit,
        "unit" => NumberKind::Unit,
        "vague" => NumberKind::Vague,
        "bound" => match row.get("value") {
            "min" => NumberKind::AtLeast,
            "more" => NumberKind::MoreThan,
            "max" => NumberKind::AtMost,
            "less" => NumberKind::LessThan,
            "approx" => NumberKind::Approx,
            "nearly" => NumberKind::Nearly,
            other => return Err(format!("there is no bound `{other}`")),
        },
        "approx" => NumberKind::Approx,
        "nearly" => NumberKind::Nearly,
        "half" => NumberKind::Half,
        "dozen" => NumberKind::Dozen,
        "each" => NumberKind::Each,
        "no" => NumberKind::None,
        other => return Err(format!("there is no kind `{other}`")),
    };
    let worded = matches!(
        kind,
        NumberKind::Digit | NumberKind::Unit | NumberKind::Vague | NumberKind::Dozen
    );
    let value = if worded { parse("value")?.unwrap_or(0) } else { 0 };
    Ok(NumberSense {
        kind,
        value,
        max: if worded { parse("max")? } else { None },
    })
}

fn time(row: &Row<'_>) -> Result<TimeSense, String> {
    let class = match row.must("class")? {
        "month" => TimeClass::Month,
        "weekday" => TimeClass::Weekday,
        "part" => TimeClass::Part,
        "unit" => TimeClass::Unit,
        "deictic" => TimeClass::Deictic,
        "modifier" => TimeClass::Modifier,
        "prep" => TimeClass::Prep,
        "season" => TimeClass::Season,
        "era" => TimeClass::Era,
        "ordinal" => TimeClass::Ordinal,
        "holiday" => TimeClass::Holiday,
        "set" => TimeClass::Set,
        "now" => TimeClass::Now,
        "duration" => TimeClass::Duration,
        other => return Err(format!("there is no class `{other}`")),
    };
    Ok(TimeSense {
        class,
        value: row.get("value").to_owned(),
    })
}

fn intern(table: &mut Vec<String>, value: &str) -> usize {
    table.iter().position(|v| v == value).unwrap_or_else(|| {
        table.push(value.to_owned());
        table.len() - 1
    })
}

fn countries<'t>(row: &Row<'t>, pack: &mut Pack) -> Result<Vec<(&'t str, Pos, Sense)>, String> {
    let party = intern(&mut pack.parties, row.must("code")?) as u16;
    let columns = [
        ("name", PartyForm::Name),
        ("also", PartyForm::Name),
        ("adjective", PartyForm::Adjective),
        ("people", PartyForm::People),
        ("capital", PartyForm::Capital),
        ("metonyms", PartyForm::Metonym),
    ];
    Ok(columns
        .iter()
        .map(|(column, form)| (row.get(column), Pos::Fixed, Sense::Party { party, form: *form }))
        .collect())
}

fn named<'t>(
    row: &Row<'t>,
    kind: NameKind,
    code: &str,
    name: &str,
    pack: &mut Pack,
) -> Result<Vec<(&'t str, Pos, Sense)>, String> {
    let party = (!code.is_empty()).then(|| intern(&mut pack.parties, code) as u16);
    let (name, rare) = name
        .split_once("; ambiguous")
        .map_or((name, false), |(name, _)| (name, true));
    let name = (!name.is_empty()).then(|| intern(&mut pack.strings, name) as u32);
    let states = row
        .get("states")
        .split(',')
        .filter(|code| !code.is_empty())
        .map(|code| match code.len() {
            3 if code.bytes().all(|b| b.is_ascii_uppercase()) => Ok(intern(&mut pack.parties, code) as u16),
            _ => Err(format!("`{code}` is no ISO 3166-1 alpha-3 code of a state")),
        })
        .collect::<Result<_, _>>()?;
    let fallback = if kind == NameKind::Outlet {
        Sector::Med
    } else {
        Sector::Unk
    };
    let sector = sector(row.get("sector"))?.unwrap_or(fallback);
    Ok(vec![(
        row.must("form")?,
        Pos::Fixed,
        Sense::Named {
            kind,
            party,
            sector,
            name,
            states,
            rare,
        },
    )])
}

fn region<'t>(row: &Row<'t>, pack: &mut Pack) -> Result<Vec<(&'t str, Pos, Sense)>, String> {
    let degrees = |column: &str| {
        row.must(column)?
            .parse::<f32>()
            .map_err(|_| format!("`{}` is no number of degrees", row.get(column)))
    };
    pack.regions.push(PlaceRow {
        name: row.must("name")?.to_owned(),
        country: row.get("country").to_owned(),
        lat: degrees("lat")?,
        lon: degrees("lon")?,
        kind: row.get("kind").to_owned(),
        ..PlaceRow::default()
    });
    let region = pack.regions.len() as u32 - 1;
    Ok(vec![
        (row.get("form"), Pos::Fixed, Sense::Region(region)),
        (row.get("name"), Pos::Fixed, Sense::Region(region)),
    ])
}
