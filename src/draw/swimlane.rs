//! A swimlane: one lane a role, one box a step, lines from each step to what follows it.
//!
//! Lanes stand side by side and steps run down the page: so a flow of any length keeps the width
//! of the text and is read on paper too. Boxes stand on a grid of lanes and rows; a step stands in
//! a lower row than the steps it follows. Lines run in channels that no box enters: across in the
//! gaps between rows, down in a strip at the left of each lane. A line that returns to an earlier
//! step runs at the right of the lanes. Each stretch of a line has a track of its own, so that no
//! two lie on each other.
//!
//! Longer than most: a drawing is laid out in one go, and each step needs the numbers of the one before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::mermaid::LONG;
use super::text::{Tenths, amount, width, wrap};
use crate::text::escaped;

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// Makes the ids in the drawing unique on its page.
    pub id: String,
    /// Title, for those who cannot see it.
    pub title: String,
    /// The lanes, from the top.
    pub lanes: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub text: String,
    /// The lane of who does it.
    pub lane: usize,
    /// Whether who does it also answers for it.
    pub accountable: bool,
    /// Whether the lane is that of the process's owner.
    pub own: bool,
    /// What follows; nothing where the process ends.
    pub next: Vec<Next>,
}

/// What follows a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// Index of the step; none for the end.
    pub to: Option<usize>,
    /// When it follows, where that depends.
    pub when: Option<String>,
}

/// Width that a drawing should keep to; with many lanes it is wider.
const WIDTH: f32 = 900.0;
const TRACK: f32 = 9.0;
const STUB: f32 = 12.0;
const PAD: f32 = 14.0;
const LINE: f32 = 16.0;
const RING: f32 = 8.0;
/// Widest line of a condition, and its height.
const WHEN: f32 = 112.0;
const WHEN_LINE: f32 = 14.0;
/// Room in a box that its text does not have: its number and the edges.
const INSET: f32 = 34.0;

/// A place on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    lane: usize,
    row: usize,
}

/// A line from one box to another, or to the end.
#[derive(Clone, Debug)]
struct Line {
    from: usize,
    /// Nothing where it leads to the end: then a ring closes it right under its box.
    to: Option<usize>,
    /// When it is taken, in lines of text, and how far under the box these begin.
    when: Vec<String>,
    when_y: f32,
    /// Which of its source's lines it is, and of how many; the same at its target.
    out: (usize, usize),
    into: (usize, usize),
    /// Tracks: in the gap under the source, in the gap over the target, down a strip.
    first: usize,
    last: usize,
    along: Option<(usize, usize)>,
}

/// Everything that has been decided before a single coordinate is known.
struct Plan<'a> {
    flow: &'a Flow,
    /// Places of the steps.
    places: Vec<Place>,
    lines: Vec<Line>,
    /// Tracks used, by gap (gap `n` lies over row `n`) and by lane; the last lane is the strip at
    /// the right of all lanes.
    gaps: Vec<usize>,
    strips: Vec<usize>,
    /// Room for the conditions and end rings that stand in each gap.
    labels: Vec<f32>,
    boxes: Vec<Vec<String>>,
    box_width: f32,
    /// Heights of the rows.
    rows: Vec<f32>,
    names: Vec<Vec<String>>,
    /// Room at the left and right of the lanes for conditions that stand out.
    left: f32,
    right: f32,
}

/// Draws a flow; nothing when it has no steps.
pub fn draw(flow: &Flow) -> Option<String> {
    if flow.steps.is_empty() || flow.lanes.is_empty() {
        return None;
    }
    Some(Plan::new(flow).svg())
}

/// The same content in words, as the items of an ordered list: `Log and classify — Service desk;
/// then 3`.
pub fn words(flow: &Flow) -> Vec<String> {
    let then = |next: &Next| {
        let target = next.to.map_or("the end".into(), |step| format!("step {}", step + 1));
        match &next.when {
            Some(when) => format!("{target} ({when})"),
            None => target,
        }
    };
    let line = |step: &Step| {
        let lane = flow.lanes.get(step.lane).map_or("", String::as_str);
        let then: Vec<String> = step.next.iter().map(then).collect();
        let then = if then.is_empty() { "the end".to_owned() } else { then.join(" or ") };
        format!("{}: {lane}; then {then}", step.text)
    };
    flow.steps.iter().map(line).collect()
}

impl<'a> Plan<'a> {
    fn new(flow: &'a Flow) -> Self {
        let places = place_steps(flow);
        let mut lines = Vec::new();
        for (from, step) in flow.steps.iter().enumerate() {
            let end = Next { to: None, when: None };
            let next: &[Next] = if step.next.is_empty() { &[end] } else { &step.next };
            lines.extend(next.iter().map(|one| Line {
                from,
                to: one.to.filter(|to| *to < flow.steps.len()),
                when: one.when.as_deref().map(|when| wrap(when, WHEN)).unwrap_or_default(),
                when_y: 0.0,
                out: (0, 1),
                into: (0, 1),
                first: 0,
                last: 0,
                along: None,
            }));
        }
        let count = places.iter().map(|place| place.row).max().unwrap_or(0) + 1;
        let box_width = box_width(flow);
        let boxes: Vec<_> =
            flow.steps.iter().map(|step| wrap(&step.text, box_width - INSET)).collect();
        let mut rows = vec![0.0_f32; count];
        for (place, lines) in places.iter().zip(&boxes) {
            let height = (amount(lines.len()) * LINE + 18.0).max(50.0);
            rows[place.row] = rows[place.row].max(height);
        }
        let mut plan = Plan {
            flow,
            places,
            lines,
            gaps: vec![0; count + 1],
            strips: vec![0; flow.lanes.len() + 1],
            labels: vec![0.0; count + 1],
            boxes,
            box_width,
            rows,
            names: flow.lanes.iter().map(|name| wrap(name, box_width)).collect(),
            left: 0.0,
            right: 0.0,
        };
        plan.ports();
        plan.tracks();
        plan.conditions();
        plan
    }

    /// How a line runs: from where, to where; nothing where it ends under its box.
    fn ends(&self, line: &Line) -> Option<(Place, Place)> {
        Some((self.places[line.from], self.places[line.to?]))
    }

    /// Numbers the lines that leave and enter each box, from the left, by where they run to and
    /// come from: the strip at the left of a lane, the row above or under, the right of all lanes.
    fn ports(&mut self) {
        for key in [0, 1] {
            let mut at: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
            for (n, line) in self.lines.iter().enumerate() {
                let side = match self.ends(line) {
                    None => 2 * self.places[line.from].lane + 2,
                    Some((from, to)) if to.row <= from.row => usize::MAX,
                    Some((from, to)) if to.row > from.row + 1 => 2 * to.lane,
                    Some((from, to)) => 2 * if key == 0 { to.lane } else { from.lane } + 1,
                };
                let step = if key == 0 { Some(line.from) } else { line.to };
                if let Some(step) = step {
                    at.entry(step).or_default().push((side, n));
                }
            }
            for numbers in at.values_mut() {
                numbers.sort_unstable();
                let count = numbers.len();
                for (port, (_, n)) in numbers.iter().enumerate() {
                    let line = &mut self.lines[*n];
                    *if key == 0 { &mut line.out } else { &mut line.into } = (port, count);
                }
            }
        }
    }

    /// Gives every stretch of every line a track. In a gap, what leaves for far runs over what
    /// goes to the next row, and that over what arrives from far: so a line down from a box and
    /// one down to the box under it do not meet.
    fn tracks(&mut self) {
        let right = self.flow.lanes.len();
        let mut near = Vec::new();
        let mut far = Vec::new();
        for (n, line) in self.lines.iter().enumerate() {
            match self.ends(line) {
                Some(_) if self.is_straight(line) => {}
                Some((from, to)) if to.row == from.row + 1 => near.push((n, to)),
                Some((from, to)) => far.push((n, from, to)),
                None => {}
            }
        }
        for (n, from, to) in &far {
            let strip = if to.row <= from.row { right } else { to.lane };
            self.lines[*n].first = take(&mut self.gaps[from.row + 1]);
            self.lines[*n].along = Some((strip, take(&mut self.strips[strip])));
        }
        for (n, to) in near {
            let track = take(&mut self.gaps[to.row]);
            (self.lines[n].first, self.lines[n].last) = (track, track);
        }
        for (n, _, to) in far {
            self.lines[n].last = take(&mut self.gaps[to.row]);
        }
    }

    /// Places the conditions, from the right, none on another, and makes room for them and for
    /// the end rings.
    fn conditions(&mut self) {
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by_key(|n| {
            let line = &self.lines[*n];
            let place = self.places[line.from];
            (place.row, std::cmp::Reverse((place.lane, line.out.0)))
        });
        let mut placed: Vec<(usize, [f32; 4])> = Vec::new();
        let (first, last) = (self.x(0), self.lane_x(self.flow.lanes.len()));
        for n in order {
            let line = &self.lines[n];
            let place = self.places[line.from];
            let gap = place.row + 1;
            if line.to.is_none() {
                self.labels[gap] = self.labels[gap].max(STUB + 2.0 * RING);
            }
            if line.when.is_empty() {
                continue;
            }
            let (x, before) = self.label_x(line);
            let wide = widest(&line.when);
            let (from, to) = if before { (x - wide, x) } else { (x, x + wide) };
            let height = amount(line.when.len()) * WHEN_LINE;
            let meets = |y: f32, other: &[f32; 4]| {
                from < other[1] + 6.0
                    && other[0] < to + 6.0
                    && y < other[3]
                    && other[2] < y + height
            };
            let mut y = 0.0;
            while let Some((_, other)) =
                placed.iter().find(|(row, other)| *row == place.row && meets(y, other))
            {
                y = other[3];
            }
            placed.push((place.row, [from, to, y, y + height]));
            self.lines[n].when_y = y;
            self.labels[gap] = self.labels[gap].max(y + height);
            if place.lane == 0 {
                self.left = self.left.max(first - PAD - from);
            }
            self.right = self.right.max(to + 4.0 - last);
        }
    }

    /// Whether a line runs straight from a box to the next one in its lane.
    fn is_straight(&self, line: &Line) -> bool {
        let middle = |(port, count): (usize, usize)| 2 * port + 1 == count;
        self.ends(line).is_some_and(|(from, to)| {
            from.lane == to.lane && to.row == from.row + 1 && middle(line.out) && middle(line.into)
        })
    }

    /// Where a condition stands, and whether it ends there: the first of several stands before
    /// its line, the others after it.
    fn label_x(&self, line: &Line) -> (f32, bool) {
        let x = self.port_x(self.places[line.from], line.out);
        let off = if line.to.is_none() { RING + 5.0 } else { 6.0 };
        let before = line.out.0 == 0 && line.out.1 > 1;
        (if before { x - off } else { x + off }, before)
    }

    fn gap_height(&self, gap: usize) -> f32 {
        let tracks = amount(self.gaps[gap]) * TRACK;
        match gap {
            0 if self.gaps[0] == 0 => PAD,
            0 => PAD + tracks + STUB,
            _ if gap == self.rows.len() && self.gaps[gap] == 0 => PAD + self.labels[gap],
            _ => self.labels[gap] + tracks + 2.0 * STUB,
        }
    }

    fn strip_width(&self, strip: usize) -> f32 {
        let room = if self.strips[strip] > 0 { 6.0 } else { 0.0 };
        amount(self.strips[strip]) * TRACK + room + if strip == 0 { self.left } else { 0.0 }
    }

    fn lane_width(&self, lane: usize) -> f32 {
        self.strip_width(lane) + self.box_width + 2.0 * PAD
    }

    fn head(&self) -> f32 {
        amount(self.names.iter().map(Vec::len).max().unwrap_or(1)) * LINE + 16.0
    }

    /// Top of a row's boxes.
    fn y(&self, row: usize) -> f32 {
        let gaps: f32 = (0..=row).map(|gap| self.gap_height(gap)).sum();
        self.head() + gaps + self.rows[..row].iter().sum::<f32>()
    }

    /// Left edge of a lane.
    fn lane_x(&self, lane: usize) -> f32 {
        (0..lane).map(|lane| self.lane_width(lane)).sum()
    }

    /// Left edge of the boxes in a lane.
    fn x(&self, lane: usize) -> f32 {
        self.lane_x(lane) + self.strip_width(lane) + PAD
    }

    fn port_x(&self, place: Place, (port, count): (usize, usize)) -> f32 {
        self.x(place.lane) + self.box_width * amount(port + 1) / amount(count + 1)
    }

    /// y of a track in a gap; conditions stand over the tracks.
    fn track_y(&self, gap: usize, track: usize) -> f32 {
        let start = match gap.checked_sub(1) {
            Some(row) => self.y(row) + self.rows[row] + STUB + self.labels[gap],
            None => self.head() + PAD,
        };
        start + amount(track) * TRACK
    }

    fn strip_x(&self, strip: usize, track: usize) -> f32 {
        let right = if strip == self.flow.lanes.len() { self.right } else { 0.0 };
        self.lane_x(strip) + right + 8.0 + amount(track) * TRACK
    }

    fn svg(&self) -> String {
        let lanes = self.flow.lanes.len();
        let lanes_width = self.lane_x(lanes);
        let width = lanes_width + self.right + self.strip_width(lanes);
        let rows = self.rows.len();
        let height = self.y(rows - 1) + self.rows[rows - 1] + self.gap_height(rows);
        let id = escaped(&self.flow.id);
        let long = if width > LONG { " long" } else { "" };
        let mut out = String::new();
        let _ = write!(
            out,
            "<svg class=\"swim{long}\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title>\
             <desc id=\"{id}-desc\">{}</desc>",
            escaped(&self.flow.title),
            escaped(&words(self.flow).join(". "))
        );
        let _ = write!(
            out,
            "<defs><marker id=\"{id}-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" \
             markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" \
             orient=\"auto\"><path class=\"tip\" d=\"M0 .5 8 4 0 7.5z\"/></marker></defs>"
        );
        let _ = write!(
            out,
            "<path class=\"head\" d=\"M0 0H{lanes_width}V{0}H0z\"/>",
            Tenths(self.head()),
            lanes_width = Tenths(lanes_width)
        );
        for (lane, name) in self.names.iter().enumerate() {
            self.lane(lane, name, height, &mut out);
        }
        for line in &self.lines {
            self.line(line, &mut out);
        }
        for line in &self.lines {
            self.condition(line, &mut out);
        }
        for (n, step) in self.flow.steps.iter().enumerate() {
            self.step(n, step, &mut out);
        }
        out.push_str("</svg>");
        out
    }

    fn lane(&self, lane: usize, name: &[String], height: f32, out: &mut String) {
        let (x, width, head) = (self.lane_x(lane), self.lane_width(lane), self.head());
        if lane % 2 == 1 {
            let _ = write!(
                out,
                "<path class=\"alt\" d=\"M{x} {head}H{}V{height}H{x}z\"/>",
                Tenths(x + width),
                x = Tenths(x),
                head = Tenths(head),
                height = Tenths(height)
            );
        }
        if lane > 0 {
            let _ = write!(
                out,
                "<path class=\"rule\" d=\"M{x} 0V{height}\"/>",
                x = Tenths(x),
                height = Tenths(height)
            );
        }
        let top = head / 2.0 - amount(name.len()) * LINE / 2.0 + 12.0;
        for (n, line) in name.iter().enumerate() {
            let _ = write!(
                out,
                "<text class=\"name\" x=\"{}\" y=\"{}\">{}</text>",
                Tenths(self.x(lane)),
                Tenths(top + amount(n) * LINE),
                escaped(line)
            );
        }
    }

    fn step(&self, number: usize, step: &Step, out: &mut String) {
        let place = self.places[number];
        let (x, y, height) = (self.x(place.lane), self.y(place.row), self.rows[place.row]);
        let class = if step.own { "step own" } else { "step" };
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{}\" \
             height=\"{height}\" rx=\"5\"/>",
            Tenths(self.box_width),
            x = Tenths(x),
            y = Tenths(y),
            height = Tenths(height)
        );
        let lines = &self.boxes[number];
        let top = y + height / 2.0 - amount(lines.len()) * LINE / 2.0 + 12.0;
        // The mark stands under the number, and both stand in the middle of a low box.
        let own = if step.accountable && lines.len() < 2 { top - LINE / 2.0 } else { top };
        let _ = write!(
            out,
            "<text class=\"n\" x=\"{}\" y=\"{own}\">{}</text>",
            Tenths(x + 8.0),
            number + 1,
            own = Tenths(own)
        );
        if step.accountable {
            let _ = write!(
                out,
                "<text class=\"by\" x=\"{}\" y=\"{}\">A</text>",
                Tenths(x + 8.0),
                Tenths(own + LINE)
            );
        }
        for (n, line) in lines.iter().enumerate() {
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"{}\">{}</text>",
                Tenths(x + 27.0),
                Tenths(top + amount(n) * LINE),
                escaped(line)
            );
        }
    }

    fn line(&self, line: &Line, out: &mut String) {
        let from = self.places[line.from];
        let start = (self.port_x(from, line.out), self.y(from.row) + self.rows[from.row]);
        let mut points = vec![start];
        match self.ends(line) {
            None => {
                points.push((start.0, start.1 + STUB - 1.5));
                let _ = write!(
                    out,
                    "<circle class=\"stop\" cx=\"{}\" cy=\"{}\" r=\"{RING}\"/>",
                    Tenths(start.0),
                    Tenths(start.1 + STUB + RING)
                );
            }
            Some((_, to)) => {
                let end = (self.port_x(to, line.into), self.y(to.row) - 1.5);
                let first = self.track_y(from.row + 1, line.first);
                if let Some((strip, track)) = line.along {
                    let along = self.strip_x(strip, track);
                    let last = self.track_y(to.row, line.last);
                    points.extend([(start.0, first), (along, first), (along, last), (end.0, last)]);
                } else if !self.is_straight(line) {
                    points.extend([(start.0, first), (end.0, first)]);
                }
                points.push(end);
            }
        }
        let _ = write!(
            out,
            "<path class=\"wire\" d=\"{}\" marker-end=\"url(#{}-arrow)\"/>",
            rounded(&points),
            escaped(&self.flow.id)
        );
    }

    fn condition(&self, line: &Line, out: &mut String) {
        let from = self.places[line.from];
        let (x, before) = self.label_x(line);
        let top = self.y(from.row) + self.rows[from.row] + line.when_y + 12.0;
        let anchor = if before { " text-anchor=\"end\"" } else { "" };
        for (n, text) in line.when.iter().enumerate() {
            let _ = write!(
                out,
                "<text class=\"when\" x=\"{x}\" y=\"{}\"{anchor}>{}</text>",
                Tenths(top + amount(n) * WHEN_LINE),
                escaped(text),
                x = Tenths(x)
            );
        }
    }
}

/// Width of all boxes: as wide as the longest word, and wider where there is room and a text has
/// more than two lines.
fn box_width(flow: &Flow) -> f32 {
    let words = flow.steps.iter().flat_map(|step| step.text.split_whitespace());
    let heads = flow.lanes.iter().flat_map(|name| name.split_whitespace());
    let least = words.map(|word| width(word) + INSET).chain(heads.map(width));
    let least = least.fold(116.0_f32, f32::max).min(220.0);
    let room = WIDTH / amount(flow.lanes.len()) - 2.0 * PAD - TRACK;
    let mut box_width = least;
    let fits = |box_width: f32| {
        flow.steps.iter().all(|step| wrap(&step.text, box_width - INSET).len() <= 2)
    };
    while box_width < room.min(190.0) && !fits(box_width) {
        box_width += 4.0;
    }
    box_width
}

/// Width of the widest of some lines.
fn widest(lines: &[String]) -> f32 {
    lines.iter().map(|line| width(line)).fold(0.0, f32::max)
}

/// Places each step in its lane, in a row under all steps that it follows. A line back to an
/// earlier step does not count.
fn place_steps(flow: &Flow) -> Vec<Place> {
    let mut rows = vec![0_usize; flow.steps.len()];
    for (from, step) in flow.steps.iter().enumerate() {
        for to in step.next.iter().filter_map(|next| next.to) {
            if to > from && to < rows.len() {
                rows[to] = rows[to].max(rows[from] + 1);
            }
        }
    }
    let mut places: Vec<Place> = Vec::new();
    for (n, step) in flow.steps.iter().enumerate() {
        let lane = step.lane.min(flow.lanes.len() - 1);
        // Steps before this one may have been moved on; it still comes after those it follows.
        let after =
            (0..n).filter(|from| flow.steps[*from].next.iter().any(|next| next.to == Some(n)));
        let least = after.map(|from| places[from].row + 1).max().unwrap_or(0);
        let place = free(&places, lane, rows[n].max(least));
        places.push(place);
    }
    places
}

/// The first free place in a lane from a row on.
fn free(places: &[Place], lane: usize, row: usize) -> Place {
    let taken: BTreeSet<usize> =
        places.iter().filter(|place| place.lane == lane).map(|place| place.row).collect();
    let mut row = row;
    while taken.contains(&row) {
        row += 1;
    }
    Place { lane, row }
}

/// The next number of a counter.
fn take(counter: &mut usize) -> usize {
    *counter += 1;
    *counter - 1
}

/// A path through points with right angles, its corners rounded.
fn rounded(points: &[(f32, f32)]) -> String {
    let mut corners: Vec<(f32, f32)> = Vec::new();
    for point in points {
        let same = |a: f32, b: f32| (a - b).abs() < 0.1;
        if corners.last().is_some_and(|last| same(last.0, point.0) && same(last.1, point.1)) {
            continue;
        }
        if let [.., a, b] = corners.as_slice()
            && ((same(a.0, b.0) && same(b.0, point.0)) || (same(a.1, b.1) && same(b.1, point.1)))
        {
            corners.pop();
        }
        corners.push(*point);
    }
    let mut out = format!("M{} {}", Tenths(corners[0].0), Tenths(corners[0].1));
    for three in corners.windows(3) {
        let (before, at, after) = (three[0], three[1], three[2]);
        let near = |to: (f32, f32)| {
            let length = (to.0 - at.0).abs() + (to.1 - at.1).abs();
            let part = (8.0_f32).min(length / 2.0) / length.max(0.1);
            (at.0 + (to.0 - at.0) * part, at.1 + (to.1 - at.1) * part)
        };
        let (start, end) = (near(before), near(after));
        let _ = write!(
            out,
            "L{} {}Q{} {} {} {}",
            Tenths(start.0),
            Tenths(start.1),
            Tenths(at.0),
            Tenths(at.1),
            Tenths(end.0),
            Tenths(end.1)
        );
    }
    let last = corners[corners.len() - 1];
    let _ = write!(out, "L{} {}", Tenths(last.0), Tenths(last.1));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(text: &str, lane: usize, next: &[(usize, &str)]) -> Step {
        let next = next.iter().map(|(to, when)| Next {
            to: Some(*to),
            when: (!when.is_empty()).then(|| (*when).to_owned()),
        });
        Step { text: text.into(), lane, accountable: false, own: false, next: next.collect() }
    }

    fn incident() -> Flow {
        let lanes = ["Customer", "Service desk", "Resolver group", "Incident manager"];
        Flow {
            id: "flow-1".into(),
            title: "Incident <management>".into(),
            lanes: lanes.map(String::from).to_vec(),
            steps: vec![
                step("Report interruption", 0, &[(1, "")]),
                step("Log and classify", 1, &[(2, "")]),
                step("Prioritise by impact and urgency", 1, &[(3, "")]),
                step("Diagnose", 2, &[(5, "within 4 hours"), (4, "if not")]),
                step("Escalate", 3, &[(5, ""), (3, "if it was wrong")]),
                step("Restore service", 2, &[(6, "")]),
                step("Confirm with the user", 1, &[]),
            ],
        }
    }

    #[test]
    fn boxes_never_share_a_place_and_follow_what_they_follow() {
        let flow = incident();
        let plan = Plan::new(&flow);
        let all: BTreeSet<Place> = plan.places.iter().copied().collect();
        assert_eq!(all.len(), plan.places.len());
        for line in plan.lines.iter().filter(|line| line.to > Some(line.from)) {
            let (from, to) = plan.ends(line).unwrap();
            assert!(to.row > from.row);
        }
    }

    #[test]
    fn no_two_stretches_share_a_track() {
        let flow = incident();
        let plan = Plan::new(&flow);
        let mut tracks = BTreeSet::new();
        for line in plan.lines.iter().filter(|line| !plan.is_straight(line)) {
            let Some((from, to)) = plan.ends(line) else { continue };
            assert!(tracks.insert((from.row + 1, line.first)), "{line:?}");
            if line.along.is_some() {
                assert!(tracks.insert((to.row, line.last)), "{line:?}");
            }
        }
    }

    #[test]
    fn no_two_conditions_meet() {
        let mut flow = incident();
        let when = "a condition that needs several lines of text";
        flow.steps[1].next =
            [2, 3, 4].map(|to| Next { to: Some(to), when: Some(when.into()) }).to_vec();
        let plan = Plan::new(&flow);
        let spots: Vec<f32> = plan.lines[1..4].iter().map(|line| line.when_y).collect();
        assert!(spots[1] >= amount(plan.lines[1].when.len()) * WHEN_LINE, "{spots:?}");
    }

    #[test]
    fn a_drawing_keeps_to_its_sheet() {
        let flow = incident();
        let svg = draw(&flow).unwrap();
        let sheet = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
        let (width, height) = sheet.split_once(' ').unwrap();
        let (width, height): (f32, f32) = (width.parse().unwrap(), height.parse().unwrap());
        assert!(width <= WIDTH, "{width}");
        for path in svg.split("class=\"wire\" d=\"").skip(1) {
            let path = path.split('"').next().unwrap();
            let numbers = path.split(['M', 'L', 'Q', ' ']).filter(|part| !part.is_empty());
            let numbers: Vec<f32> = numbers.map(|number| number.parse().unwrap()).collect();
            for point in numbers.chunks(2) {
                assert!((0.0..=width).contains(&point[0]), "{path}");
                assert!((0.0..=height).contains(&point[1]), "{path}");
            }
        }
    }

    #[test]
    fn text_is_escaped_and_said_in_words() {
        let flow = incident();
        let svg = draw(&flow).unwrap();
        assert!(svg.contains("Incident &lt;management&gt;"));
        assert_eq!(
            words(&flow)[3],
            "Diagnose: Resolver group; then step 6 (within 4 hours) or step 5 (if not)"
        );
        assert!(words(&flow)[6].ends_with("then the end"));
        assert!(draw(&Flow::default()).is_none());
    }
}
