//! Code lists as types. The tables in `codes/` are the source; a test holds the types to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A closed code list: the enum, its codes, and the way back.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $code)] $variant),*
        }
        impl $name {
            /// All codes, in the table's order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The code as it stands in the contract.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),* }
            }
            /// The value of a code, or none where there is no such code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    /// What kind of act or state an event is: `codes/acts.tsv`.
    Act {
        /// Artillery, mortar, rocket or tank fire from a distance.
        Shelling = "shelling",
        /// Guided or ballistic missile.
        MissileStrike = "missile-strike",
        /// Crewed aircraft or helicopter, or 'air strike' unspecified.
        Airstrike = "airstrike",
        /// Armed or one-way ('suicide') uncrewed aircraft.
        DroneStrike = "drone-strike",
        /// Planted bomb, mine, car bomb, IED.
        Bombing = "bombing",
        /// A person dies setting off the bomb they carry or drive.
        SuicideBombing = "suicide-bombing",
        /// Chemical, biological, radiological weapon.
        ChemicalAttack = "chemical-attack",
        /// An attack whose means the text does not say.
        Attack = "attack",
        /// Fighting between two armed sides.
        Clash = "clash",
        /// One side attacks or advances on the ground.
        GroundAssault = "ground-assault",
        /// Gunfire, sniping, ambush by small arms.
        Shooting = "shooting",
        /// An aircraft, drone or missile is brought down.
        ShootDown = "shoot-down",
        /// Matériel or a military object is destroyed or damaged, means unsaid.
        DestroyEquipment = "destroy-equipment",
        /// A place is taken, retaken, liberated, seized.
        CaptureTerritory = "capture-territory",
        /// Withdrawal, retreat, handing over of a place.
        LoseTerritory = "lose-territory",
        /// A state: who holds, occupies or governs a place.
        Control = "control",
        /// Siege, blockade, encirclement.
        Siege = "siege",
        /// Killing of captives or targeted killing of a person.
        Execution = "execution",
        /// Torture, ill-treatment.
        Torture = "torture",
        /// Sexual violence.
        SexualViolence = "sexual-violence",
        /// Kidnapping, hostage taking, enforced disappearance.
        Abduction = "abduction",
        /// Detention by authorities.
        Arrest = "arrest",
        /// Looting.
        Looting = "looting",
        /// People flee, are evacuated or expelled.
        Displacement = "displacement",
        /// Mobilisation, deployment, build-up, martial law, alert.
        Mobilise = "mobilise",
        /// Arming, commanding, training, sending fighters for another party.
        SupportMilitarily = "support-militarily",
        /// Weapons test, drill, show of force.
        Exercise = "exercise",
        /// Ceasefire, truce, treaty, deal agreed or in force.
        Agreement = "agreement",
        /// An agreed ceasefire is broken, means unsaid.
        CeasefireViolation = "ceasefire-violation",
        /// Meeting, negotiation, call, mediation.
        Talks = "talks",
        /// Exchange or release of captives or bodies.
        PrisonerExchange = "prisoner-exchange",
        /// Humanitarian or economic help.
        Aid = "aid",
        /// Sanctions, expulsion, cutting ties, legal action between states.
        Sanction = "sanction",
        /// Protest.
        Protest = "protest",
        /// Riot.
        Riot = "riot",
        /// A party wants or tries for a political end (secession, annexation, independence).
        Seek = "seek",
        /// A claim about the conflict that no row above fits.
        #[default]
        Other = "other",
    }
}

codes! {
    /// A class of weapon, vehicle or military object: `codes/materiel.tsv`.
    Materiel {
        /// Main battle tank.
        Tank = "tank",
        /// IFV, APC, armoured car.
        ArmouredVehicle = "armoured-vehicle",
        /// Truck, car, unarmoured or unspecified vehicle.
        Vehicle = "vehicle",
        /// Gun, howitzer, unspecified artillery.
        Artillery = "artillery",
        /// Self-propelled artillery.
        SelfPropelledGun = "self-propelled-gun",
        /// Multiple rocket launcher and its rockets.
        RocketArtillery = "rocket-artillery",
        /// Mortar and its bombs.
        Mortar = "mortar",
        /// Guided missile of any launch, unspecified.
        GuidedMissile = "guided-missile",
        /// Ballistic missile.
        BallisticMissile = "ballistic-missile",
        /// Cruise missile.
        CruiseMissile = "cruise-missile",
        /// ATGM.
        AntiTankMissile = "anti-tank-missile",
        /// SAM system, anti-aircraft gun, its missiles.
        AirDefence = "air-defence",
        /// Crewed fixed-wing aircraft.
        Aircraft = "aircraft",
        /// Helicopter.
        Helicopter = "helicopter",
        /// Uncrewed aircraft, unspecified or reconnaissance/armed.
        Drone = "drone",
        /// One-way ('suicide') drone.
        LoiteringMunition = "loitering-munition",
        /// Air-dropped bomb.
        Bomb = "bomb",
        /// IED, mine, car bomb.
        ExplosiveDevice = "explosive-device",
        /// Rifle, machine gun, grenade.
        SmallArms = "small-arms",
        /// Cluster munition.
        ClusterMunition = "cluster-munition",
        /// Chemical agent.
        ChemicalWeapon = "chemical-weapon",
        /// Vessel, boat, submarine.
        Ship = "ship",
        /// Radar, electronic warfare.
        Radar = "radar",
        /// Headquarters, command post.
        CommandPost = "command-post",
        /// Trench, bunker, strongpoint, position.
        Fortification = "fortification",
        /// Ammunition or fuel store.
        Depot = "depot",
        /// Barracks, airfield, base.
        Base = "base",
        /// Bridge, power plant, pipeline, road, dam.
        Infrastructure = "infrastructure",
        /// Home, school, hospital, market, place of worship.
        CivilianObject = "civilian-object",
        /// None of the rows above.
        #[default]
        Other = "other",
    }
}

codes! {
    /// A part of society.
    Sector {
        /// Government.
        Gov = "GOV",
        /// Armed forces of a state.
        Mil = "MIL",
        /// Armed group outside a state.
        Reb = "REB",
        /// Political opposition.
        Opp = "OPP",
        /// Police and internal security.
        Pol = "POL",
        /// Courts.
        Jud = "JUD",
        /// Media.
        Med = "MED",
        /// Civilians.
        Cvl = "CVL",
        /// Body of states.
        Igo = "IGO",
        /// Non-governmental body.
        Ngo = "NGO",
        /// Business.
        Bus = "BUS",
        /// Experts.
        Exp = "EXP",
        /// Not told.
        #[default]
        Unk = "UNK",
    }
}

codes! {
    /// A family of acts: what an event may be mistaken for without being another happening.
    Family {
        /// Family `strike`.
        Strike = "strike",
        /// Family `battle`.
        Battle = "battle",
        /// Family `control`.
        Control = "control",
        /// Family `abuse`.
        Abuse = "abuse",
        /// Family `harm`.
        Harm = "harm",
        /// Family `force`.
        Force = "force",
        /// Family `talks`.
        Talks = "talks",
        /// Family `pressure`.
        Pressure = "pressure",
        /// Family `unrest`.
        Unrest = "unrest",
        /// Family `intent`.
        Intent = "intent",
        /// Family `other`.
        #[default]
        Other = "other",
    }
}

impl Act {
    /// The family the act belongs to.
    pub fn family(self) -> Family {
        match self {
            Act::Shelling
            | Act::MissileStrike
            | Act::Airstrike
            | Act::DroneStrike
            | Act::Bombing
            | Act::SuicideBombing
            | Act::ChemicalAttack
            | Act::Attack => Family::Strike,
            Act::Clash | Act::GroundAssault | Act::Shooting | Act::ShootDown | Act::DestroyEquipment => Family::Battle,
            Act::CaptureTerritory | Act::LoseTerritory | Act::Control | Act::Siege => Family::Control,
            Act::Execution | Act::Torture | Act::SexualViolence | Act::Abduction | Act::Arrest | Act::Looting => {
                Family::Abuse
            }
            Act::Displacement => Family::Harm,
            Act::Mobilise | Act::SupportMilitarily | Act::Exercise => Family::Force,
            Act::Agreement | Act::CeasefireViolation | Act::Talks | Act::PrisonerExchange | Act::Aid => Family::Talks,
            Act::Sanction => Family::Pressure,
            Act::Protest | Act::Riot => Family::Unrest,
            Act::Seek => Family::Intent,
            Act::Other => Family::Other,
        }
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split('\t').collect())
}

/// Rows of `codes/acts.tsv`: code, family, PLOVER, ACLED, meaning.
pub fn act_rows() -> impl Iterator<Item = Vec<&'static str>> {
    rows(include_str!("../codes/acts.tsv"))
}

/// Rows of `codes/materiel.tsv`: code, meaning.
pub fn materiel_rows() -> impl Iterator<Item = Vec<&'static str>> {
    rows(include_str!("../codes/materiel.tsv"))
}

/// Rows of `codes/parties.tsv`: code, kind, name, other names.
pub fn party_rows() -> impl Iterator<Item = Vec<&'static str>> {
    rows(include_str!("../codes/parties.tsv"))
}

/// Whether `codes/parties.tsv` lists a code: that of a group or body, and of no state.
///
/// ```
/// assert!(counterclaim_claims::is_listed("NATO"));
/// assert!(!counterclaim_claims::is_listed("ARM"));
/// ```
pub fn is_listed(party: &str) -> bool {
    listed_kind(party).is_some()
}

/// The kind that `codes/parties.tsv` gives a party; none of a state.
///
/// ```
/// assert_eq!(counterclaim_claims::listed_kind("NATO"), Some("igo"));
/// assert_eq!(counterclaim_claims::listed_kind("ARM"), None);
/// ```
pub fn listed_kind(party: &str) -> Option<&'static str> {
    // Asked of every party of every claim, so the table is cut once.
    static KINDS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
        let mut kinds: Vec<_> = party_rows().map(|row| (row[0], row[1])).collect();
        kinds.sort_unstable();
        kinds
    });
    let at = KINDS.binary_search_by_key(&party, |(code, _)| code).ok()?;
    Some(KINDS[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_tables_agree() {
        let table: Vec<_> = act_rows().map(|r| (r[0], r[1])).collect();
        let types: Vec<_> = Act::ALL.iter().map(|a| (a.code(), a.family().code())).collect();
        assert_eq!(table, types);
        let table: Vec<_> = materiel_rows().map(|r| r[0]).collect();
        let types: Vec<_> = Materiel::ALL.iter().map(|m| m.code()).collect();
        assert_eq!(table, types);
        assert!(party_rows().all(|r| r.len() >= 3));
    }
}
