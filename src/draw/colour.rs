//! Colours: how well one is told from another, and the shades that an organization's own colour
//! needs to be read on every ground of the pages, in light and in dark.

/// A colour, in parts of red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The least contrast of text on its ground: AA of WCAG 2.2.
pub const LEAST: f64 = 4.5;

/// The grounds on which the accent stands, with what they are called: those of the built-in theme.
pub const LIGHT: [(&str, &str); 3] =
    [("#ffffff", "the page"), ("#f5f7f9", "a panel"), ("#eaeef2", "a sunken ground")];
/// The same in the dark.
pub const DARK: [(&str, &str); 3] =
    [("#10171e", "the page"), ("#17212a", "a panel"), ("#0b1116", "a sunken ground")];

const WHITE: Colour = Colour([255; 3]);

impl Colour {
    /// Reads `#0b5877`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
        Some(Colour([part(0)?, part(2)?, part(4)?]))
    }

    /// As CSS writes it.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// How light it is, by the formula of WCAG 2.2.
    fn luminance(self) -> f64 {
        let part = |byte: u8| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(part);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast with another, from 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// So many hundredths of this colour, the rest of another.
    fn over(self, ground: Colour, hundredths: u16) -> Colour {
        let part = |n: usize| {
            let sum =
                u16::from(self.0[n]) * hundredths + u16::from(ground.0[n]) * (100 - hundredths);
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Colour([part(0), part(1), part(2)])
    }
}

/// An accent with its tint, for a light and for a dark page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// The accent on light grounds, then its tint.
    pub light: [Colour; 2],
    /// The same on dark grounds.
    pub dark: [Colour; 2],
}

impl Accent {
    /// The shades of a colour. The one for dark pages is made from it where none is given: lighter
    /// until it is read well.
    pub fn new(light: Colour, dark: Option<Colour>) -> Self {
        let ground =
            |grounds: [(&str, &str); 3], n: usize| Colour::parse(grounds[n].0).unwrap_or(WHITE);
        let dark = dark.unwrap_or_else(|| {
            let paler = (0..=20).map(|step| WHITE.over(light, step * 5));
            let read = |one: &Colour| one.contrast(ground(DARK, 1)) >= 7.0;
            paler.into_iter().find(read).unwrap_or(WHITE)
        });
        let tint = |colour: Colour, page: Colour, most: u16| {
            let tints = (0..=most).rev().map(|part| colour.over(page, part));
            tints.into_iter().find(|tint| colour.contrast(*tint) >= LEAST).unwrap_or(page)
        };
        Accent {
            light: [light, tint(light, ground(LIGHT, 0), 11)],
            dark: [dark, tint(dark, ground(DARK, 0), 20)],
        }
    }
}

/// The ground on which a colour is read worst, with the contrast there; nothing where it is read
/// well on all.
pub fn worst(
    colour: Colour,
    grounds: [(&'static str, &'static str); 3],
) -> Option<(&'static str, f64)> {
    let contrast =
        |(hex, name): (&str, &'static str)| Some((name, Colour::parse(hex)?.contrast(colour)));
    let found = grounds.into_iter().filter_map(contrast);
    let worst = found.min_by(|a, b| a.1.total_cmp(&b.1));
    worst.filter(|(_, contrast)| *contrast < LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn contrast_is_that_of_the_formula() {
        assert!((colour("#000000").contrast(WHITE) - 21.0).abs() < 0.01);
        assert!((colour("#0b5877").contrast(WHITE) - 7.8).abs() < 0.05);
        assert_eq!(colour("#0B5877").hex(), "#0b5877");
        for bad in ["0b5877", "#0b587", "#0b587g", "#fff", "teal", "#ääa"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn any_colour_that_is_read_on_light_grounds_gets_shades_that_are_read() {
        for hex in ["#0b5877", "#000000", "#8a1c7c", "#b00020", "#5b6400", "#0000ff"] {
            let one = colour(hex);
            assert_eq!(worst(one, LIGHT), None, "{hex}");
            let accent = Accent::new(one, None);
            assert_eq!(worst(accent.dark[0], DARK), None, "{hex}");
            for [accent, tint] in [accent.light, accent.dark] {
                assert!(accent.contrast(tint) >= LEAST, "{hex}");
            }
        }
    }

    #[test]
    fn a_pale_colour_is_told_by_its_worst_ground() {
        let (ground, contrast) = worst(colour("#3aa0c8"), LIGHT).unwrap();
        assert_eq!(ground, "a sunken ground");
        assert!(contrast < 3.0, "{contrast}");
    }
}
