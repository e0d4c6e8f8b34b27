//! What is packed with gzip or Zstandard, unpacked while it is read, with a bound on what may come out.

use crate::error::Bomb;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// Text is packed to a tenth; a gigabyte of the same letter to a thousandth.
pub(crate) const TIMES: u64 = 200;
/// Pages are packed to no less.
const USUAL: usize = 16;
/// What may come out of anything.
const FREE: u64 = 64 << 20;
/// The most that the unpacking of Zstandard may remember, in bytes.
const WINDOW: u64 = 64 << 20;
/// Packed in packed in packed is no accident.
const LAYERS: usize = 2;

/// The bytes as they were before packing. What is not packed comes as it is.
pub(crate) fn unpack(mut from: Box<dyn BufRead>) -> io::Result<Box<dyn BufRead>> {
    for _ in 0..LAYERS {
        let head = from.fill_buf()?;
        if head.starts_with(b"\x1F\x8B") {
            from = bounded(from, |counted| {
                Ok(Box::new(flate2::bufread::MultiGzDecoder::new(counted)))
            })?;
        } else if head.starts_with(b"\x28\xB5\x2F\xFD") {
            from = bounded(from, |counted| Ok(Box::new(Frames::of(counted))))?;
        } else {
            break;
        }
    }
    Ok(from)
}

/// What a packed piece of a larger file holds, up to a bound. `packed` is its length in bytes.
pub(crate) fn inflate(packed: usize, decoder: impl Read, most: usize) -> io::Result<Vec<u8>> {
    // A row of bytes that grows is there twice while it does: what is no bomb has room at once, and what may be one grows once.
    let usual = packed.saturating_mul(USUAL).min(most);
    let mut out = Vec::with_capacity(usual);
    let mut decoder = decoder.take(most as u64 + 1);
    if decoder.by_ref().take(usual as u64).read_to_end(&mut out)? == usual {
        out.reserve_exact(most + 1 - usual);
        decoder.read_to_end(&mut out)?;
    }
    if out.len() > most {
        return Err(io::Error::other(crate::error::TooLong));
    }
    if out.len() as u64 > FREE / 4 && out.len() as u64 / TIMES > packed as u64 {
        return Err(io::Error::other(Bomb(TIMES)));
    }
    Ok(out)
}

fn bounded(
    from: Box<dyn BufRead>,
    decoder: impl FnOnce(Counted) -> io::Result<Box<dyn Read>>,
) -> io::Result<Box<dyn BufRead>> {
    let read = Rc::new(Cell::new(0));
    let inner = decoder(Counted {
        from,
        read: read.clone(),
    })?;
    Ok(Box::new(BufReader::with_capacity(
        1 << 16,
        Bounded { inner, read, made: 0 },
    )))
}

/// Counts the packed bytes.
struct Counted {
    from: Box<dyn BufRead>,
    read: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(into)?;
        self.read.set(self.read.get() + n as u64);
        Ok(n)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.read.set(self.read.get() + n as u64);
        self.from.consume(n);
    }
}

/// Counts the unpacked bytes, too, and stops a bomb.
struct Bounded {
    inner: Box<dyn Read>,
    read: Rc<Cell<u64>>,
    made: u64,
}

impl Read for Bounded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.made += n as u64;
        if self.made > FREE && self.made / TIMES > self.read.get() {
            return Err(io::Error::other(Bomb(TIMES)));
        }
        Ok(n)
    }
}

/// All frames of a Zstandard file, one after the other.
pub(crate) struct Frames<R> {
    from: R,
    frame: Option<ruzstd::decoding::FrameDecoder>,
}

impl<R: BufRead> Frames<R> {
    pub(crate) fn of(from: R) -> Frames<R> {
        Frames { from, frame: None }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
        let broken = |e: &dyn std::fmt::Display| io::Error::new(io::ErrorKind::InvalidData, e.to_string());
        loop {
            if self.frame.is_none() {
                if self.from.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                let mut frame = FrameDecoder::new();
                frame.set_max_window_size(WINDOW);
                frame.reset(&mut self.from).map_err(|e| broken(&e))?;
                self.frame = Some(frame);
            }
            let Some(frame) = self.frame.as_mut() else { return Ok(0) };
            let n = frame.read(into)?;
            if n > 0 {
                return Ok(n);
            }
            if frame.is_finished() {
                self.frame = None;
            } else {
                let strategy = BlockDecodingStrategy::UptoBytes(into.len().max(1));
                if let Err(e) = frame.decode_blocks(&mut self.from, strategy) {
                    let ended = self.from.fill_buf()?.is_empty();
                    return Err(if ended {
                        io::ErrorKind::UnexpectedEof.into()
                    } else {
                        broken(&e)
                    });
                }
            }
        }
    }
}
