use crate::Format;

/// Why an export could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was written to took no more.
    #[error("the export could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// A value has no form in JSON, such as a coordinate that is no number.
    #[error("a value has no form in JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The format carries whole texts, which the public profile keeps.
    #[error("{} carries whole reports, which are not for the public: take --profile full, or csv, geojson, jsonld", .0.code())]
    NotPublic(Format),
    /// What writes Parquet could not.
    #[error("the Parquet file could not be written: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Error {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Error::Io(error),
            other => Error::Io(std::io::Error::other(format!("{other:?}"))),
        }
    }
}
