//! The map of the processes: a box a process, one under the other, in lanes; lines from each to
//! what it hands over to. What goes down the page runs at the right of the boxes, what goes up at
//! the left. All that one process gets on a side comes on one line, which it enters with one
//! arrow; who hands over joins it with a dot. So the number of lines is that of the processes, not
//! that of the hand-overs, and no two lie on each other.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::text::{amount, width, wrap};
use crate::text::escaped;

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Title, for those who cannot see it.
    pub title: String,
    /// The same in a sentence.
    pub description: String,
    /// The processes, from the top.
    pub boxes: Vec<Node>,
    /// Who hands over to whom.
    pub links: Vec<(usize, usize)>,
}

/// A process.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The lane in which it stands; those of one lane follow each other.
    pub lane: String,
}

/// Most processes that a map shows; with more, nobody would find a line in it.
pub const MOST: usize = 60;

const TRACK: f32 = 9.0;
const HEAD: f32 = 148.0;
const LINE: f32 = 16.0;
const GAP: f32 = 8.0;
const PAD: f32 = 9.0;
/// Faces differ in width: so much more room than the estimate is left for text in bold or in a box.
const AIR: f32 = 1.15;
/// Widest title in a box; a longer one takes a second line.
const WIDE: f32 = 300.0;

/// A line that gathers what one process gets on one side.
struct Bus {
    to: usize,
    from: Vec<usize>,
    track: usize,
}

/// Where everything stands.
struct Plan<'a> {
    map: &'a Map,
    titles: Vec<Vec<String>>,
    /// Top and bottom of each box.
    tops: Vec<[f32; 2]>,
    /// Lanes: their names, first and last edge.
    lanes: Vec<(Vec<String>, [f32; 2])>,
    /// At the left and at the right.
    buses: [Vec<Bus>; 2],
    tracks: [usize; 2],
    ids: f32,
    wide: f32,
}

/// Draws the map; nothing where there is no hand-over, or too much for one drawing.
pub fn draw(map: &Map) -> Option<String> {
    if map.links.is_empty() || map.boxes.len() > MOST {
        return None;
    }
    Some(Plan::new(map).svg())
}

impl<'a> Plan<'a> {
    fn new(map: &'a Map) -> Self {
        let titles: Vec<Vec<String>> = map.boxes.iter().map(|one| wrap(&one.title, WIDE)).collect();
        let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(width).fold(0.0, f32::max);
        let ids = widest(&mut map.boxes.iter().map(|one| one.id.as_str())) + 14.0;
        let title = widest(&mut titles.iter().flatten().map(String::as_str));
        let mut plan = Plan {
            map,
            titles,
            tops: Vec::new(),
            lanes: Vec::new(),
            buses: [Vec::new(), Vec::new()],
            tracks: [0, 0],
            ids,
            wide: ids + title * AIR + 20.0,
        };
        plan.rows();
        for side in [0, 1] {
            plan.gather(side);
        }
        plan
    }

    /// Puts the boxes under each other, lane by lane.
    fn rows(&mut self) {
        let mut y = 0.0;
        let mut start = 0;
        while start < self.map.boxes.len() {
            let lane = &self.map.boxes[start].lane;
            let same = self.map.boxes[start..].iter().take_while(|one| one.lane == *lane).count();
            let top = y;
            y += GAP;
            for titles in &self.titles[start..start + same] {
                let height = amount(titles.len()) * LINE + 12.0;
                self.tops.push([y, y + height]);
                y += height + GAP;
            }
            let name = wrap(lane, (HEAD - 20.0) / AIR);
            y = y.max(top + amount(name.len()) * LINE + 2.0 * GAP);
            self.lanes.push((name, [top, y]));
            start += same;
        }
    }

    /// Gathers the lines of a side, and gives each a track: the shortest run next to the boxes.
    fn gather(&mut self, side: usize) {
        let links: BTreeSet<(usize, usize)> =
            self.map.links.iter().map(|(a, b)| (*b, *a)).collect();
        let mut buses: Vec<Bus> = Vec::new();
        for (to, from) in links {
            if from == to || usize::from(from < to) != side {
                continue;
            }
            match buses.last_mut() {
                Some(bus) if bus.to == to => bus.from.push(from),
                _ => buses.push(Bus { to, from: vec![from], track: 0 }),
            }
        }
        buses.sort_by_key(|bus| {
            let [first, last] = bus.ends();
            (last - first, bus.to)
        });
        let mut taken: Vec<Vec<[usize; 2]>> = Vec::new();
        for bus in &mut buses {
            let [first, last] = bus.ends();
            let free =
                |runs: &Vec<[usize; 2]>| runs.iter().all(|run| last < run[0] || run[1] < first);
            bus.track = taken.iter().position(free).unwrap_or(taken.len());
            if bus.track == taken.len() {
                taken.push(Vec::new());
            }
            taken[bus.track].push([first, last]);
        }
        self.tracks[side] = taken.len();
        self.buses[side] = buses;
    }

    /// Left edge of the boxes.
    fn left(&self) -> f32 {
        HEAD + PAD + amount(self.tracks[0]) * TRACK + 12.0
    }

    /// Where a track of a side runs.
    fn track(&self, side: usize, track: usize) -> f32 {
        let off = 12.0 + amount(track) * TRACK;
        if side == 0 { self.left() - off } else { self.left() + self.wide + off }
    }

    fn svg(&self) -> String {
        let total = self.left() + self.wide + 12.0 + amount(self.tracks[1]) * TRACK + PAD;
        let height = self.lanes.last().map_or(0.0, |(_, [_, bottom])| *bottom);
        let mut out = String::new();
        let _ = write!(
            out,
            "<svg class=\"swim\" viewBox=\"0 0 {total:.0} {height:.0}\" width=\"{total:.0}\" \
             height=\"{height:.0}\" role=\"img\" aria-labelledby=\"map-title map-desc\">\
             <title id=\"map-title\">{}</title><desc id=\"map-desc\">{}</desc><defs><marker \
             id=\"map-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" \
             markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip\" \
             d=\"M0 .5 8 4 0 7.5z\"/></marker></defs>",
            escaped(&self.map.title),
            escaped(&self.map.description)
        );
        for (n, (name, [top, bottom])) in self.lanes.iter().enumerate() {
            if n % 2 == 1 {
                let _ = write!(
                    out,
                    "<path class=\"alt\" d=\"M0 {top:.1}H{total:.1}V{bottom:.1}H0z\"/>"
                );
            }
            let _ =
                write!(out, "<path class=\"head\" d=\"M0 {top:.1}H{HEAD:.1}V{bottom:.1}H0z\"/>");
            for (line, text) in name.iter().enumerate() {
                let y = top + GAP + 17.0 + amount(line) * LINE;
                let _ = write!(
                    out,
                    "<text class=\"name\" x=\"10\" y=\"{y:.1}\">{}</text>",
                    escaped(text)
                );
            }
        }
        for side in [0, 1] {
            for bus in &self.buses[side] {
                self.bus(side, bus, &mut out);
            }
        }
        for n in 0..self.map.boxes.len() {
            self.node(n, &mut out);
        }
        out.push_str("</svg>");
        out
    }

    /// A line: down or up its track, in with an arrow, and from each who joins it.
    fn bus(&self, side: usize, bus: &Bus, out: &mut String) {
        let x = self.track(side, bus.track);
        let edge = if side == 0 { self.left() } else { self.left() + self.wide };
        let y = self.tops[bus.to][0] + 8.0;
        let leaves = |from: &usize| self.tops[*from][1] - 8.0;
        let far = bus
            .from
            .iter()
            .map(leaves)
            .fold(y, |a, b| if (b - y).abs() > (a - y).abs() { b } else { a });
        // Up and down are the same corner, turned.
        let turn = if far > y { 5.0 } else { -5.0 };
        let inward = if side == 0 { 5.0 } else { -5.0 };
        let _ = write!(
            out,
            "<path class=\"wire\" marker-end=\"url(#map-arrow)\" d=\"M{edge:.1} {far:.1}H{0:.1}Q{x:.1} \
             {far:.1} {x:.1} {1:.1}V{2:.1}Q{x:.1} {y:.1} {0:.1} {y:.1}H{edge:.1}\"/>",
            x + inward,
            far - turn,
            y + turn,
        );
        for joins in bus.from.iter().map(leaves).filter(|one| (one - far).abs() > 0.1) {
            let _ = write!(
                out,
                "<path class=\"wire\" d=\"M{edge:.1} {joins:.1}H{x:.1}\"/><circle class=\"tip\" \
                 cx=\"{x:.1}\" cy=\"{joins:.1}\" r=\"2.5\"/>"
            );
        }
    }

    fn node(&self, n: usize, out: &mut String) {
        let [top, bottom] = self.tops[n];
        let x = self.left();
        let _ = write!(
            out,
            "<rect class=\"step\" x=\"{x:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"5\"/>\
             <text class=\"n\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            self.wide,
            bottom - top,
            x + 10.0,
            top + 18.0,
            escaped(&self.map.boxes[n].id)
        );
        for (line, text) in self.titles[n].iter().enumerate() {
            let y = top + 18.0 + amount(line) * LINE;
            let x = x + 10.0 + self.ids;
            let _ = write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escaped(text));
        }
    }
}

impl Bus {
    /// The first and the last box that it passes.
    fn ends(&self) -> [usize; 2] {
        let all = self.from.iter().copied().chain([self.to]);
        let first = all.clone().min().unwrap_or_default();
        [first, all.max().unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: &str, lane: &str) -> Node {
        Node { id: id.to_owned(), title: format!("Process <{id}>"), lane: lane.to_owned() }
    }

    fn map(links: &[(usize, usize)]) -> Map {
        let boxes = ["A", "B", "C", "D"].map(|id| node(id, if id < "C" { "One" } else { "Two" }));
        Map {
            title: "Map".to_owned(),
            description: "Four & four".to_owned(),
            boxes: boxes.to_vec(),
            links: links.to_vec(),
        }
    }

    #[test]
    fn a_process_gets_one_arrow_on_a_side() {
        let svg = draw(&map(&[(0, 2), (1, 2), (1, 2), (3, 2), (2, 2)])).unwrap();
        assert_eq!(svg.matches("marker-end").count(), 2, "one from above, one from below");
        assert_eq!(svg.matches("<circle").count(), 1, "the second joins the first");
        assert_eq!(svg.matches("class=\"step\"").count(), 4);
        assert_eq!(svg.matches("class=\"head\"").count(), 2);
        assert!(svg.contains("Process &lt;A&gt;") && svg.contains("Four &amp; four"));
        assert!(!svg.contains("NaN"));
    }

    #[test]
    fn lines_on_one_track_do_not_meet() {
        let map = map(&[(0, 1), (2, 3), (0, 3), (1, 2)]);
        let plan = Plan::new(&map);
        let buses = &plan.buses[1];
        for (n, one) in buses.iter().enumerate() {
            for other in buses[..n].iter().filter(|other| other.track == one.track) {
                let ([a, b], [c, d]) = (one.ends(), other.ends());
                assert!(b < c || d < a);
            }
        }
        assert_eq!(plan.tracks, [0, 3]);
    }

    #[test]
    fn nothing_is_drawn_where_nobody_could_read_it() {
        assert_eq!(draw(&map(&[])), None);
        let mut large = map(&[(0, 1)]);
        large.boxes = vec![node("A", "One"); MOST + 1];
        assert_eq!(draw(&large), None);
    }
}
