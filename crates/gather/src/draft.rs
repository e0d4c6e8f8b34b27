use crate::{Document, Error};

/// A document on its way: its bytes have been read, and what is to be made of them can be made on any thread.
pub struct Draft {
    weight: usize,
    make: Box<dyn FnOnce() -> Result<Document, Error> + Send>,
}

impl Draft {
    pub(crate) fn later(weight: usize, make: impl FnOnce() -> Result<Document, Error> + Send + 'static) -> Draft {
        let make = Box::new(make);
        Draft { weight, make }
    }

    pub(crate) fn ready(made: Result<Document, Error>) -> Draft {
        let weight = made.as_ref().map_or(0, |document| document.text.len());
        Draft::later(weight, || made)
    }

    /// The same, with what is to be done to what will come of it.
    pub(crate) fn then(
        self,
        change: impl FnOnce(Result<Document, Error>) -> Result<Document, Error> + Send + 'static,
    ) -> Draft {
        let make = self.make;
        Draft::later(self.weight, move || change(make()))
    }

    /// The same, with the time when its bytes were fetched.
    pub(crate) fn captured(self, at: String) -> Draft {
        self.then(move |made| {
            let mut document = made?;
            document.about.captured = Some(at);
            Ok(document)
        })
    }

    /// What stands in the place of a document that cannot be.
    pub fn failed(error: Error) -> Draft {
        Draft::ready(Err(error))
    }

    /// Bytes that it holds.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// The document, or what stands in its place.
    pub fn document(self) -> Result<Document, Error> {
        (self.make)()
    }
}
