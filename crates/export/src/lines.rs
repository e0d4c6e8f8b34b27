//! Our own readings whole: a line a report, in the shape of the contract, which `add --from contract` takes.

use crate::sidecar::{Made, Sidecar};
use crate::{Error, Format, Material};
use std::io::Write;

pub(crate) fn write(material: &Material, out: &mut dyn Write) -> Result<Sidecar, Error> {
    if material.is_public() {
        return Err(Error::NotPublic(Format::Jsonl));
    }
    let mut sidecar = Sidecar::new(Format::Jsonl, material);
    for reading in &material.readings {
        serde_json::to_writer(&mut *out, reading)?;
        writeln!(out)?;
        sidecar.made(Made {
            id: reading.document.id.clone(),
            claims: reading.claims.iter().map(|claim| claim.id.clone()).collect(),
            ..Made::default()
        });
    }
    Ok(sidecar)
}
