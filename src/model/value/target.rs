//! The target of a measure: a value, and on which side of it one wants to be.

/// A target: `<= 4 hours`, `at least 95`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Whether at least the value is wanted, or at most.
    pub at_least: bool,
    /// Whether the value itself misses it.
    pub strict: bool,
    /// The value.
    pub value: f64,
    /// Whether a percent sign stands behind it.
    pub percent: bool,
}

/// The signs and words of a comparison; whether it wants at least the value, and whether more.
const COMPARISONS: [(&str, bool, bool); 12] = [
    (">=", true, false),
    ("≥", true, false),
    ("at least", true, false),
    ("<=", false, false),
    ("≤", false, false),
    ("at most", false, false),
    (">", true, true),
    ("more than", true, true),
    ("over", true, true),
    ("<", false, true),
    ("less than", false, true),
    ("under", false, true),
];

impl Target {
    /// Reads a comparison with a number; nothing where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let compared = |(sign, at_least, strict): &(&str, bool, bool)| {
            text.strip_prefix(sign).map(|rest| (rest.trim(), *at_least, *strict))
        };
        let (rest, at_least, strict) = COMPARISONS.iter().find_map(compared)?;
        let is_part = |at: usize, sign: char| {
            sign.is_ascii_digit() || matches!(sign, '.' | ',') || at == 0 && sign == '-'
        };
        let length = rest.char_indices().find(|(at, sign)| !is_part(*at, *sign));
        let number = &rest[..length.map_or(rest.len(), |(at, _)| at)];
        let value = number.replace(',', ".").parse::<f64>().ok()?;
        Some(Target { at_least, strict, value, percent: rest.contains('%') })
    }

    /// Whether a value meets it.
    pub fn is_met_by(self, value: f64) -> bool {
        match (self.at_least, self.strict) {
            (true, false) => value >= self.value,
            (true, true) => value > self.value,
            (false, false) => value <= self.value,
            (false, true) => value < self.value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_met_or_missed() {
        let met = |target: &str, value| Target::parse(target).map(|one| one.is_met_by(value));
        assert_eq!(met("<= 4 hours", 4.0), Some(true));
        assert_eq!(met("< 4", 4.0), Some(false));
        assert_eq!(met("at least 99,5 %", 99.4), Some(false));
        assert_eq!(met("≥ 95", 95.0), Some(true));
        assert_eq!(met("95", 95.0), None);
        assert_eq!(met("as many as we can", 1.0), None);
    }
}
