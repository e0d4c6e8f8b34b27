//! Tables of whole numbers that are read where they lie, as little-endian bytes, so that loading a pack touches only what is looked up.

use std::borrow::Cow;
use std::marker::PhantomData;

/// A number of fixed width.
pub(crate) trait Word: Copy {
    const WIDTH: usize;
    fn put(self, out: &mut Vec<u8>);
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! word {
    ($($type:ty),*) => {$(
        impl Word for $type {
            const WIDTH: usize = size_of::<$type>();
            fn put(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            #[inline(always)]
            fn take(bytes: &[u8]) -> Self {
                let mut word = [0; size_of::<$type>()];
                word.copy_from_slice(bytes);
                Self::from_le_bytes(word)
            }
        }
    )*};
}
word!(u32, u64, f32);

/// A table of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table<T> {
    bytes: Cow<'static, [u8]>,
    of: PhantomData<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table::lying(&[])
    }
}

impl<T> Table<T> {
    /// A table that lies in bytes already.
    pub(crate) fn lying(bytes: &'static [u8]) -> Table<T> {
        Table {
            bytes: Cow::Borrowed(bytes),
            of: PhantomData,
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<T: Word> Table<T> {
    pub(crate) fn new(words: &[T]) -> Table<T> {
        let mut bytes = Vec::with_capacity(words.len() * T::WIDTH);
        words.iter().for_each(|word| word.put(&mut bytes));
        Table {
            bytes: Cow::Owned(bytes),
            of: PhantomData,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len() / T::WIDTH
    }

    /// The number at a place, which must be there.
    #[inline(always)]
    pub(crate) fn at(&self, place: usize) -> T {
        T::take(&self.bytes[place * T::WIDTH..][..T::WIDTH])
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        self.bytes.chunks_exact(T::WIDTH).map(T::take)
    }
}

/// Writes sections one after the other: how many, how long each is, and their bytes.
pub(crate) fn write(sections: &[&[u8]]) -> Vec<u8> {
    let mut out = (sections.len() as u32).to_le_bytes().to_vec();
    for section in sections {
        out.extend_from_slice(&(section.len() as u32).to_le_bytes());
    }
    sections.iter().for_each(|section| out.extend_from_slice(section));
    out
}

/// The sections that [`write`] wrote; none where the bytes are cut short.
pub(crate) fn read<const N: usize>(bytes: &'static [u8]) -> Option<[&'static [u8]; N]> {
    let number = |at: usize| Some(u32::take(bytes.get(at * 4..at * 4 + 4)?) as usize);
    if number(0)? != N {
        return None;
    }
    let mut out: [&'static [u8]; N] = [&[]; N];
    let mut from = 4 * (N + 1);
    for (n, section) in out.iter_mut().enumerate() {
        let to = from.checked_add(number(n + 1)?)?;
        *section = bytes.get(from..to)?;
        from = to;
    }
    Some(out)
}
