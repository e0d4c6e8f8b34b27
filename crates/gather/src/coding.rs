//! Content codings: how servers pack what they send, and archives keep it (RFC 9110, 8.4.1).

use crate::Problem;
use crate::unpack::{Frames, inflate};

/// What may be asked of a server.
pub(crate) const KNOWN: &str = "gzip, deflate, br, zstd";
/// Packed in packed in packed is no accident.
const LAYERS: usize = 2;

/// What a header says of a body: its media type in small letters, and its charset.
pub(crate) fn media(words: &str) -> (String, Option<String>) {
    let words = words.to_ascii_lowercase();
    let (kind, rest) = words.split_once(';').unwrap_or((&words, ""));
    let charset = rest
        .split_once("charset=")
        .map(|(_, label)| label.split(';').next().unwrap_or(label));
    let charset = charset.map(|label| label.trim_matches(['"', '\'', ' ']).to_owned());
    (kind.trim().to_owned(), charset.filter(|label| !label.is_empty()))
}

/// A body as it was before it was packed for the way, no longer than `most` bytes. `codings` are those that its header names, in the order in which they
/// were done. A body that was unpacked already while its header stayed, as some crawlers leave it, comes as it is.
pub(crate) fn undo(codings: &str, mut body: Vec<u8>, most: usize) -> Result<Vec<u8>, Problem> {
    let names: Vec<&str> = codings
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    if names.len() > LAYERS {
        return Err(Problem::Binary("its body is packed several times over"));
    }
    for name in names.iter().rev() {
        body = one(&name.to_ascii_lowercase(), body, most)?;
    }
    Ok(body)
}

fn one(name: &str, body: Vec<u8>, most: usize) -> Result<Vec<u8>, Problem> {
    let packed = body.len();
    let unpacked = match name {
        "gzip" | "x-gzip" if body.starts_with(b"\x1F\x8B") => {
            inflate(packed, flate2::bufread::MultiGzDecoder::new(&body[..]), most)
        }
        "deflate" if is_zlib(&body) => inflate(packed, flate2::bufread::ZlibDecoder::new(&body[..]), most),
        // Some servers leave the two bytes of zlib out.
        "deflate" => inflate(packed, flate2::bufread::DeflateDecoder::new(&body[..]), most),
        "zstd" if body.starts_with(b"\x28\xB5\x2F\xFD") => inflate(packed, Frames::of(&body[..]), most),
        "br" => inflate(packed, brotli_decompressor::Decompressor::new(&body[..], 1 << 16), most),
        "gzip" | "x-gzip" | "zstd" | "identity" => return Ok(body),
        _ => return Err(Problem::Binary("its body is packed in a way that is not known")),
    };
    match unpacked.map_err(Problem::from) {
        // These two have no mark to be told by.
        Err(Problem::Io(_) | Problem::Cut(_)) if matches!(name, "br" | "deflate") && is_text(&body) => Ok(body),
        unpacked => unpacked,
    }
}

fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

fn is_text(body: &[u8]) -> bool {
    !body.contains(&0) && std::str::from_utf8(body).is_ok()
}

#[cfg(test)]
mod tests {
    use crate::{MAX_REPORT, Problem};
    use std::io::{Read, Write};

    fn undo(codings: &str, body: Vec<u8>) -> Result<Vec<u8>, Problem> {
        super::undo(codings, body, MAX_REPORT)
    }

    const PAGE: &[u8] = b"<p>The ministry denied the strike. The ministry denied the strike again.</p>";
    /// [`PAGE`] and a megabyte of the same letter times a hundred and fifty, packed by the tools of Brotli and Zstandard.
    const BROTLI: &[u8] = include_bytes!("../tests/data/page.br");
    const ZSTD: &[u8] = include_bytes!("../tests/data/page.zst");
    const BROTLI_BOMB: &[u8] = include_bytes!("../tests/data/bomb.br");
    const ZSTD_BOMB: &[u8] = include_bytes!("../tests/data/bomb.zst");

    fn zlib() -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(PAGE).unwrap();
        encoder.finish().unwrap()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        flate2::read::GzEncoder::new(bytes, flate2::Compression::default())
            .read_to_end(&mut packed)
            .unwrap();
        packed
    }

    #[test]
    fn every_coding_is_undone() {
        for (name, body) in [
            ("gzip", gzip(PAGE)),
            ("X-GZIP", gzip(PAGE)),
            ("deflate", zlib()),
            ("deflate", zlib()[2..].to_vec()),
            ("br", BROTLI.to_vec()),
            ("zstd", ZSTD.to_vec()),
            ("br, gzip", gzip(BROTLI)),
            ("identity", PAGE.to_vec()),
            ("", PAGE.to_vec()),
            // The header stayed where the body was unpacked.
            ("gzip", PAGE.to_vec()),
            ("deflate", PAGE.to_vec()),
            ("br", PAGE.to_vec()),
            ("zstd", PAGE.to_vec()),
        ] {
            assert_eq!(undo(name, body).unwrap(), PAGE, "{name}");
        }
    }

    #[test]
    fn what_is_cut_is_unknown_or_goes_off_is_refused() {
        for (name, body) in [
            ("br", &BROTLI[..20]),
            ("zstd", &ZSTD[..20]),
            ("gzip", &gzip(PAGE)[..20]),
        ] {
            assert!(undo(name, body.to_vec()).is_err(), "{name}");
        }
        for (name, body) in [("br", BROTLI_BOMB), ("zstd", ZSTD_BOMB)] {
            let refused = undo(name, body.to_vec());
            assert!(
                matches!(refused, Err(Problem::TooLong | Problem::Bomb(_))),
                "{name}: {refused:?}"
            );
        }
        assert!(matches!(undo("compress", PAGE.to_vec()), Err(Problem::Binary(_))));
        assert!(matches!(undo("br, br, br", PAGE.to_vec()), Err(Problem::Binary(_))));
    }
}
