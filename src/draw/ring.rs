//! Coverage as a ring: one arc a clause, in clause order. Documented is full, partial half full (its
//! path fills by the even-odd rule), a gap an outline, not applicable a thin line: the state is
//! told by form as well as by colour.

use std::f64::consts::TAU;
use std::fmt::Write as _;

/// An arc.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Arc {
    /// Its outline, as the `d` of an SVG path.
    pub d: String,
    /// Its state, as a class: `documented`, `partial`, `gap`, `not-applicable`.
    pub state: &'static str,
}

/// The arcs of a ring around (0, 0), from the top, clockwise.
pub fn arcs(states: &[&'static str], outer: f64, inner: f64) -> Vec<Arc> {
    let Ok(count) = u32::try_from(states.len()) else { return Vec::new() };
    let share = TAU / f64::from(count.max(1));
    // The space between two arcs, in pixels at the middle of the band; one arc alone closes nearly.
    let space = (2.0 / outer.midpoint(inner)).min(share / 4.0);
    (0..count)
        .zip(states)
        .map(|(n, state)| {
            let from = f64::from(n) * share + space / 2.0;
            let to = f64::from(n + 1) * share - space / 2.0;
            let low =
                if *state == "not-applicable" { inner + (outer - inner) * 0.8 } else { inner };
            let mut d = sector(from, to, outer, low);
            if *state == "partial" {
                // The outer half is cut out again; as an outline it stays.
                d.push_str(&sector(from, to, outer, outer.midpoint(inner)));
            }
            Arc { d, state }
        })
        .collect()
}

fn sector(from: f64, to: f64, outer: f64, inner: f64) -> String {
    let point = |angle: f64, radius: f64| (tidy(radius * angle.sin()), tidy(-radius * angle.cos()));
    let large = u8::from(to - from > TAU / 2.0);
    let (a, b, c, d) = (point(from, outer), point(to, outer), point(to, inner), point(from, inner));
    let mut path = String::new();
    let _ = write!(
        path,
        "M{:.1} {:.1}A{outer} {outer} 0 {large} 1 {:.1} {:.1}L{:.1} {:.1}A{inner:.1} {inner:.1} 0 \
         {large} 0 {:.1} {:.1}Z",
        a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1
    );
    path
}

/// A coordinate to a tenth, without a minus before zero: the same digits on every machine.
fn tidy(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_has_an_arc_a_state() {
        let arcs = arcs(&["documented", "partial", "gap"], 100.0, 80.0);
        assert_eq!(arcs.len(), 3);
        assert!(arcs[0].d.starts_with("M1.1 -100.0A100 100 0 0 1 "), "{}", arcs[0].d);
        assert!(arcs[1].d.contains("A90.0 90.0"), "{}", arcs[1].d);
        assert_eq!(arcs[1].d.matches('Z').count(), 2);
        assert!(super::arcs(&[], 10.0, 5.0).is_empty());
    }
}
