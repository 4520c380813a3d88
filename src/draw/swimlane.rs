//! A swimlane: one lane a role, one box a step, lines from each step to what follows it.
//!
//! Boxes stand on a grid of lanes and columns; a step stands in a later column than the steps it
//! follows. Lines run in channels that no box enters: up and down in the gaps between columns,
//! along in a strip at the head of each lane. A line that returns to an earlier step runs under
//! the lanes. Each stretch of a line has a track of its own, so that no two lie on each other.
//!
//! Longer than most: a drawing is laid out in one go, and each step needs the numbers of the one before.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::text::{escape, width, wrap};

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

const HEAD: f32 = 118.0;
const TRACK: f32 = 9.0;
const STUB: f32 = 14.0;
const PAD: f32 = 16.0;
const LINE: f32 = 16.0;
const RING: f32 = 9.0;

/// A place on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    lane: usize,
    column: usize,
}

/// A line from one box to another, or to an end ring.
#[derive(Clone, Debug)]
struct Line {
    from: usize,
    to: usize,
    when: Option<String>,
    /// Which of its source's lines it is, and of how many; the same at its target.
    out: (usize, usize),
    into: (usize, usize),
    /// Tracks: in the gap after the source, in the gap before the target, along a lane (or under
    /// all of them).
    first: usize,
    last: usize,
    along: Option<(usize, usize)>,
}

/// Everything that has been decided before a single coordinate is known.
struct Plan<'a> {
    flow: &'a Flow,
    /// Places of the steps, then of the end rings.
    places: Vec<Place>,
    lines: Vec<Line>,
    columns: usize,
    /// Tracks used, by gap (gap `n` lies before column `n`) and by lane; the last lane is the
    /// strip under all lanes.
    gaps: Vec<usize>,
    strips: Vec<usize>,
    /// Room for the conditions that stand in each gap.
    labels: Vec<f32>,
    boxes: Vec<Vec<String>>,
    box_width: f32,
    box_height: f32,
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
        let mut places = place_steps(flow);
        let mut lines = Vec::new();
        for (from, step) in flow.steps.iter().enumerate() {
            let end = Next { to: None, when: None };
            let next: &[Next] = if step.next.is_empty() { &[end] } else { &step.next };
            for one in next {
                let to = one.to.filter(|to| *to < flow.steps.len()).unwrap_or_else(|| {
                    places.push(free(&places, step.lane, places[from].column + 1));
                    places.len() - 1
                });
                let (out, into) = ((0, 0), (0, 0));
                let when = one.when.clone();
                lines.push(Line { from, to, when, out, into, first: 0, last: 0, along: None });
            }
        }
        let columns = places.iter().map(|place| place.column).max().unwrap_or(0) + 1;
        let widest = flow.steps.iter().flat_map(|step| step.text.split_whitespace()).map(width);
        let widest = widest.fold(0.0_f32, f32::max);
        let mut box_width = (widest + 34.0).clamp(116.0, 220.0);
        let fits = |box_width: f32| {
            flow.steps.iter().all(|step| wrap(&step.text, box_width - 34.0).len() <= 3)
        };
        while box_width < 200.0 && !fits(box_width) {
            box_width += 12.0;
        }
        let boxes: Vec<_> =
            flow.steps.iter().map(|step| wrap(&step.text, box_width - 34.0)).collect();
        let most = boxes.iter().map(Vec::len).max().unwrap_or(1);
        let box_height = (amount(most) * LINE + 18.0).max(50.0);
        let mut plan = Plan {
            flow,
            places,
            lines,
            columns,
            gaps: vec![0; columns + 2],
            strips: vec![0; flow.lanes.len() + 1],
            labels: vec![0.0; columns + 2],
            boxes,
            box_width,
            box_height,
        };
        plan.ports();
        plan.tracks();
        plan
    }

    /// Numbers the lines that leave and enter each box, by where they lead and come from.
    fn ports(&mut self) {
        let places = self.places.clone();
        for (key, other) in [(0, 1), (1, 0)] {
            let end = |line: &Line, which: usize| if which == 0 { line.from } else { line.to };
            let mut at: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (n, line) in self.lines.iter().enumerate() {
                at.entry(end(line, key)).or_default().push(n);
            }
            for numbers in at.values_mut() {
                numbers.sort_by_key(|n| (places[end(&self.lines[*n], other)].lane, *n));
                let count = numbers.len();
                for (port, n) in numbers.iter().enumerate() {
                    let slot =
                        if key == 0 { &mut self.lines[*n].out } else { &mut self.lines[*n].into };
                    *slot = (port, count);
                }
            }
        }
    }

    /// Gives every stretch of every line a track.
    fn tracks(&mut self) {
        let under = self.flow.lanes.len();
        for n in 0..self.lines.len() {
            let line = self.lines[n].clone();
            let (from, to) = (self.places[line.from], self.places[line.to]);
            let gap = from.column + 1;
            if let Some(when) = &line.when {
                self.labels[gap] = self.labels[gap].max(width(when) + 10.0);
            }
            if self.is_straight(&line) {
                continue;
            }
            self.lines[n].first = take(&mut self.gaps[gap]);
            if to.column == gap {
                self.lines[n].last = self.lines[n].first;
                continue;
            }
            let strip = if to.column <= from.column { under } else { to.lane };
            self.lines[n].along = Some((strip, take(&mut self.strips[strip])));
            self.lines[n].last = take(&mut self.gaps[to.column]);
        }
    }

    /// Whether a line runs straight from a box to the next one in its lane.
    fn is_straight(&self, line: &Line) -> bool {
        let (from, to) = (self.places[line.from], self.places[line.to]);
        let middle = |(port, count): (usize, usize)| 2 * port + 1 == count;
        from.lane == to.lane
            && to.column == from.column + 1
            && middle(line.out)
            && middle(line.into)
    }

    fn gap_width(&self, gap: usize) -> f32 {
        if gap == 0 {
            return PAD + amount(self.gaps[0]) * TRACK + if self.gaps[0] > 0 { STUB } else { 0.0 };
        }
        self.labels[gap] + amount(self.gaps[gap]) * TRACK + 2.0 * STUB
    }

    fn strip_height(&self, strip: usize) -> f32 {
        amount(self.strips[strip]) * TRACK + if self.strips[strip] > 0 { 6.0 } else { 0.0 }
    }

    fn lane_height(&self, lane: usize) -> f32 {
        self.strip_height(lane) + self.box_height + 2.0 * PAD
    }

    /// Left edge of a column's boxes.
    fn x(&self, column: usize) -> f32 {
        let gaps: f32 = (0..=column).map(|gap| self.gap_width(gap)).sum();
        HEAD + gaps + amount(column) * self.box_width
    }

    /// Top of a lane.
    fn lane_y(&self, lane: usize) -> f32 {
        (0..lane).map(|lane| self.lane_height(lane)).sum()
    }

    /// Top edge of the boxes in a lane.
    fn y(&self, lane: usize) -> f32 {
        self.lane_y(lane) + self.strip_height(lane) + PAD
    }

    fn port_y(&self, place: Place, (port, count): (usize, usize)) -> f32 {
        self.y(place.lane) + self.box_height * amount(port + 1) / amount(count + 1)
    }

    /// x of a vertical track in a gap; labels stand before the tracks.
    fn track_x(&self, gap: usize, track: usize) -> f32 {
        let start = if gap == 0 { HEAD + PAD } else { self.x(gap - 1) + self.box_width + STUB };
        start + self.labels[gap] + amount(track) * TRACK
    }

    fn strip_y(&self, strip: usize, track: usize) -> f32 {
        self.lane_y(strip) + 8.0 + amount(track) * TRACK
    }

    fn svg(&self) -> String {
        let lanes = self.flow.lanes.len();
        let ends = self.strip_height(lanes);
        let last = self.columns - 1;
        let total_width = self.x(last) + self.box_width + PAD;
        let total_height = self.lane_y(lanes) + ends;
        let id = escape(&self.flow.id);
        let mut out = String::new();
        let _ = write!(
            out,
            "<svg class=\"flow\" viewBox=\"0 0 {total_width:.0} {total_height:.0}\" \
             width=\"{total_width:.0}\" height=\"{total_height:.0}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{}</title>\
             <desc id=\"{id}-desc\">{}</desc>",
            escape(&self.flow.title),
            escape(&words(self.flow).join(". "))
        );
        let _ = write!(
            out,
            "<defs><marker id=\"{id}-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" \
             markerWidth=\"8\" markerHeight=\"8\" orient=\"auto-start-reverse\">\
             <path class=\"flow-head\" d=\"M0 0.5 8 4 0 7.5z\"/></marker></defs>"
        );
        for (lane, name) in self.flow.lanes.iter().enumerate() {
            self.lane(lane, name, total_width, &mut out);
        }
        for line in &self.lines {
            self.line(line, &mut out);
        }
        for (n, step) in self.flow.steps.iter().enumerate() {
            self.step(n, step, &mut out);
        }
        for place in &self.places[self.flow.steps.len()..] {
            let (x, y) = (self.x(place.column) + RING, self.y(place.lane) + self.box_height / 2.0);
            let _ = write!(
                out,
                "<circle class=\"flow-end\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{RING}\"/>"
            );
        }
        out.push_str("</svg>");
        out
    }

    fn lane(&self, lane: usize, name: &str, total_width: f32, out: &mut String) {
        let (y, height) = (self.lane_y(lane), self.lane_height(lane));
        let shade = if lane % 2 == 1 { " flow-even" } else { "" };
        let _ = write!(
            out,
            "<rect class=\"flow-lane{shade}\" x=\"{HEAD}\" y=\"{y:.1}\" width=\"{:.1}\" \
             height=\"{height:.1}\"/><rect class=\"flow-lane-head\" x=\"0\" y=\"{y:.1}\" \
             width=\"{HEAD}\" height=\"{height:.1}\"/>",
            total_width - HEAD
        );
        let lines = wrap(name, HEAD - 24.0);
        let top = y + height / 2.0 - amount(lines.len()) * LINE / 2.0 + 12.0;
        for (n, line) in lines.iter().enumerate() {
            let _ = write!(
                out,
                "<text class=\"flow-lane-name\" x=\"12\" y=\"{:.1}\">{}</text>",
                top + amount(n) * LINE,
                escape(line)
            );
        }
        if lane > 0 {
            let _ = write!(out, "<path class=\"flow-rule\" d=\"M0 {y:.1}H{total_width:.1}\"/>");
        }
    }

    fn step(&self, number: usize, step: &Step, out: &mut String) {
        let place = self.places[number];
        let (x, y) = (self.x(place.column), self.y(place.lane));
        let class = if step.own { "flow-box flow-own" } else { "flow-box" };
        let _ = write!(
            out,
            "<g><rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{:.1}\" \
             rx=\"5\"/>",
            self.box_width, self.box_height
        );
        let lines = &self.boxes[number];
        let top = y + self.box_height / 2.0 - amount(lines.len()) * LINE / 2.0 + 12.0;
        let _ = write!(
            out,
            "<text class=\"flow-number\" x=\"{:.1}\" y=\"{top:.1}\">{}</text>",
            x + 8.0,
            number + 1
        );
        for (n, line) in lines.iter().enumerate() {
            let _ = write!(
                out,
                "<text class=\"flow-text\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                x + 26.0,
                top + amount(n) * LINE,
                escape(line)
            );
        }
        if step.accountable {
            let _ = write!(
                out,
                "<text class=\"flow-mark\" x=\"{:.1}\" y=\"{:.1}\">A</text>",
                x + self.box_width - 12.0,
                y + 12.0
            );
        }
        out.push_str("</g>");
    }

    fn line(&self, line: &Line, out: &mut String) {
        let (from, to) = (self.places[line.from], self.places[line.to]);
        let start = (self.x(from.column) + self.box_width, self.port_y(from, line.out));
        let is_end = line.to >= self.flow.steps.len();
        let end_y = if is_end {
            self.y(to.lane) + self.box_height / 2.0
        } else {
            self.port_y(to, line.into)
        };
        let end = (self.x(to.column) - 1.5, end_y);
        let mut points = vec![start];
        if !self.is_straight(line) || is_end {
            let first = self.track_x(from.column + 1, line.first);
            points.push((first, start.1));
            if let Some((strip, track)) = line.along {
                let along = self.strip_y(strip, track);
                let last = self.track_x(to.column, line.last);
                points.extend([(first, along), (last, along), (last, end.1)]);
            } else {
                points.push((first, end.1));
            }
        }
        points.push(end);
        let id = escape(&self.flow.id);
        let _ = write!(
            out,
            "<path class=\"flow-line\" d=\"{}\" marker-end=\"url(#{id}-arrow)\"/>",
            rounded(&points)
        );
        if let Some(when) = &line.when {
            let _ = write!(
                out,
                "<text class=\"flow-when\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                start.0 + 6.0,
                start.1 - 4.0,
                escape(when)
            );
        }
    }
}

/// Places each step in its lane, in a column after all steps that it follows. A line back to an
/// earlier step does not count.
fn place_steps(flow: &Flow) -> Vec<Place> {
    let mut columns = vec![0_usize; flow.steps.len()];
    for (from, step) in flow.steps.iter().enumerate() {
        for to in step.next.iter().filter_map(|next| next.to) {
            if to > from && to < columns.len() {
                columns[to] = columns[to].max(columns[from] + 1);
            }
        }
    }
    let mut places: Vec<Place> = Vec::new();
    for (n, step) in flow.steps.iter().enumerate() {
        let lane = step.lane.min(flow.lanes.len() - 1);
        // Steps before this one may have been moved on; it still comes after those it follows.
        let after =
            (0..n).filter(|from| flow.steps[*from].next.iter().any(|next| next.to == Some(n)));
        let least = after.map(|from| places[from].column + 1).max().unwrap_or(0);
        let place = free(&places, lane, columns[n].max(least));
        places.push(place);
    }
    places
}

/// The first free place in a lane from a column on.
fn free(places: &[Place], lane: usize, column: usize) -> Place {
    let taken: BTreeSet<usize> =
        places.iter().filter(|place| place.lane == lane).map(|place| place.column).collect();
    let mut column = column;
    while taken.contains(&column) {
        column += 1;
    }
    Place { lane, column }
}

/// The next number of a counter.
fn take(counter: &mut usize) -> usize {
    *counter += 1;
    *counter - 1
}

/// A count as a length. Drawings have at most a few hundred parts, so nothing is lost.
#[expect(clippy::cast_precision_loss, reason = "counts of parts of a drawing are small")]
fn amount(count: usize) -> f32 {
    count as f32
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
    let mut out = format!("M{:.1} {:.1}", corners[0].0, corners[0].1);
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
            "L{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
            start.0, start.1, at.0, at.1, end.0, end.1
        );
    }
    let last = corners[corners.len() - 1];
    let _ = write!(out, "L{:.1} {:.1}", last.0, last.1);
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
        for line in plan.lines.iter().filter(|line| line.to > line.from) {
            assert!(plan.places[line.to].column > plan.places[line.from].column);
        }
    }

    #[test]
    fn no_two_stretches_share_a_track() {
        let flow = incident();
        let plan = Plan::new(&flow);
        let bent = plan.lines.iter().filter(|line| !plan.is_straight(line));
        let mut tracks = BTreeSet::new();
        for line in bent {
            let gap = plan.places[line.from].column + 1;
            assert!(tracks.insert((gap, line.first)), "gap {gap} track {}", line.first);
            if line.along.is_some() {
                assert!(tracks.insert((plan.places[line.to].column, line.last)));
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
