pub(crate) mod add;
pub(crate) mod read;
