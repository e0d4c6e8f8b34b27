use std::io::{self, BufRead};

/// What a bounded read of one line gave; a line's bytes on file are counted with its line feed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line, without its line feed.
    Whole(u64),
    /// A line longer than the bound; the rest of it has been passed over.
    TooLong(u64),
    /// Nothing is left.
    End,
}

/// Reads one line into `line`, holding at most `max` bytes of it: [`BufRead::read_until`] would hold them all.
pub(crate) fn read_line(from: &mut impl BufRead, line: &mut Vec<u8>, max: usize) -> io::Result<Line> {
    line.clear();
    let (mut taken, mut long) = (0, false);
    loop {
        let chunk = match from.fill_buf() {
            Ok(chunk) => chunk,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if chunk.is_empty() {
            break;
        }
        let feed = chunk.iter().position(|&b| b == b'\n');
        let body = &chunk[..feed.unwrap_or(chunk.len())];
        long |= line.len() + body.len() > max;
        if !long {
            line.extend_from_slice(body);
        }
        let used = body.len() + usize::from(feed.is_some());
        from.consume(used);
        taken += used as u64;
        if feed.is_some() {
            break;
        }
    }
    if long {
        // A feed of overlong lines must not keep the memory of the longest.
        *line = Vec::new();
        return Ok(Line::TooLong(taken));
    }
    Ok(if taken > 0 { Line::Whole(taken) } else { Line::End })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn long_lines_are_passed_over_and_the_next_one_is_read() {
        let mut from = BufReader::with_capacity(4, &b"ok\n0123456789\n\nlast"[..]);
        let mut line = Vec::new();
        assert_eq!(read_line(&mut from, &mut line, 8).unwrap(), Line::Whole(3));
        assert_eq!(line, b"ok");
        assert_eq!(read_line(&mut from, &mut line, 8).unwrap(), Line::TooLong(11));
        assert_eq!(line.capacity(), 0);
        assert_eq!(read_line(&mut from, &mut line, 8).unwrap(), Line::Whole(1));
        assert_eq!(line, b"");
        assert_eq!(read_line(&mut from, &mut line, 8).unwrap(), Line::Whole(4));
        assert_eq!(line, b"last");
        assert_eq!(read_line(&mut from, &mut line, 8).unwrap(), Line::End);
    }
}
