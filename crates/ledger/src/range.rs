use counterclaim_claims::{Loss, Toll};

/// The least and the most of a figure, as far as they are told, and whether it is vague: the one place that knows when two figures can be
/// the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Range {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
    pub(crate) approx: bool,
}

impl Range {
    /// Whether one number can be in both. What is not told reaches any number, and a vague bound gives way by a fifth: who says
    /// "about fifty" may mean forty or sixty.
    pub(crate) fn meets(self, other: Range) -> bool {
        !self.is_below(other) && !other.is_below(self)
    }

    fn is_below(self, other: Range) -> bool {
        let most = self.max.map(|most| {
            if self.approx {
                most.saturating_add(most / 5)
            } else {
                most
            }
        });
        let least = other
            .min
            .map(|least| if other.approx { least - least / 5 } else { least });
        most.zip(least).is_some_and(|(most, least)| most < least)
    }

    /// As people read it.
    pub(crate) fn label(self) -> String {
        crate::label::range(self.min, self.max, self.approx)
    }
}

impl From<&Toll> for Range {
    fn from(toll: &Toll) -> Range {
        Range {
            min: toll.min,
            max: toll.max,
            approx: toll.approx,
        }
    }
}

impl From<&Loss> for Range {
    fn from(loss: &Loss) -> Range {
        Range {
            min: loss.min,
            max: loss.max,
            approx: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Range;

    #[test]
    fn figures_meet_unless_a_bound_keeps_them_apart() {
        let of = |min, max, approx| Range { min, max, approx };
        let twelve = of(Some(12), Some(12), false);
        assert!(twelve.meets(of(Some(10), None, false)) && twelve.meets(of(None, None, false)));
        assert!(!twelve.meets(of(Some(13), Some(20), false)) && !of(Some(13), None, false).meets(twelve));
        assert!(twelve.meets(of(Some(10), Some(10), true)), "about ten may be twelve");
        assert!(!twelve.meets(of(Some(9), Some(9), true)));
    }
}
