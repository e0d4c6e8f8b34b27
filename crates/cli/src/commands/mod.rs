pub(crate) mod add;
pub(crate) mod brief;
pub(crate) mod completions;
pub(crate) mod gazetteer;
pub(crate) mod help;
pub(crate) mod mend;
pub(crate) mod read;
pub(crate) mod serve;
