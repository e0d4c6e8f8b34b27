/// From bytes to code points, in constant time: the count before every 64-byte block, and a short scan.
pub struct Offsets<'t> {
    text: &'t str,
    before: Vec<u32>,
}

const BLOCK: usize = 64;

impl<'t> Offsets<'t> {
    /// Prepares `text`; one pass.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::with_capacity(text.len() / BLOCK + 2);
        let mut count = 0u32;
        for block in text.as_bytes().chunks(BLOCK) {
            before.push(count);
            count += block.iter().filter(|b| starts_char(**b)).count() as u32;
        }
        before.push(count);
        Offsets { text, before }
    }

    /// How many code points stand before byte `byte`.
    ///
    /// ```
    /// let offsets = counterclaim_text::Offsets::new("Nga bác bỏ");
    /// assert_eq!(offsets.code_point(4), 4);
    /// assert_eq!(offsets.code_point("Nga bác bỏ".len()), 10);
    /// ```
    pub fn code_point(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let block = byte / BLOCK;
        let tail = &self.text.as_bytes()[block * BLOCK..byte];
        self.before[block] as usize + tail.iter().filter(|b| starts_char(**b)).count()
    }
}

fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}
