//! Plots, drawn by plotters as SVG.
//!
//! The colours are placeholders: the page's style sheet replaces them, so that one drawing serves light and dark. Drawings are narrow
//! enough to be read on a phone; the legend is the page's, where it can wrap.

use super::number::{time, whole};
use super::table::{Curve, Plot};
use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::prelude::*;
use std::error::Error;
use std::ops::Range;

/// Width of all drawings; the page scales them.
const WIDTH: u32 = 440;
/// Height of those with axes.
const HEIGHT: u32 = 290;
/// So many colours the page knows.
pub const COLOURS: usize = 8;

/// Text and axes.
const INK: RGBColor = RGBColor(1, 1, 1);
/// Lines of the grid.
const GRID: RGBColor = RGBColor(2, 2, 2);
/// The plain way.
const PLAIN: RGBColor = RGBColor(3, 3, 3);

/// The placeholder of a series.
fn colour(i: usize) -> RGBColor {
    RGBColor(16 + (i % COLOURS) as u8, 0, 0)
}

/// A drawing, and the names of its series for the legend.
pub struct Drawing {
    /// The SVG element.
    pub svg: String,
    /// Each with its colour's number.
    pub legend: Vec<String>,
}

/// Draws a table; nothing if it has no plot.
pub fn draw(plot: &Plot, axis: &str) -> Option<Drawing> {
    let drawn = match plot {
        Plot::None => return None,
        Plot::Curves(curves) => draw_curves(curves, axis),
        Plot::Tails(tails) => draw_tails(tails),
        Plot::Bars(bars) => draw_bars(bars),
    };
    let legend = match plot {
        Plot::Curves(curves) => curves.iter().map(|curve| curve.name.clone()).collect(),
        Plot::Tails(tails) => tails.iter().map(|tail| tail.0.clone()).collect(),
        _ => Vec::new(),
    };
    // A table without its drawing is still a table.
    drawn.ok().map(|svg| Drawing { svg, legend })
}

type Drawn = Result<String, Box<dyn Error>>;

/// Where a logarithmic axis has labels: at powers of ten, and between them where those would be few.
fn steps(range: &Range<f64>) -> Vec<f64> {
    let between: &[f64] = match range.end / range.start {
        ratio if ratio < 20.0 => &[1.0, 2.0, 3.0, 5.0],
        ratio if ratio < 300.0 => &[1.0, 3.0],
        _ => &[1.0],
    };
    let decades = range.start.log10().floor() as i32..=range.end.log10().ceil() as i32;
    let all = decades.flat_map(|decade| between.iter().map(move |step| step * 10f64.powi(decade)));
    all.filter(|step| range.contains(step)).collect()
}

/// On a logarithmic axis zero has no place; it is drawn where a half would be.
fn place(x: f64) -> f64 {
    x.max(0.5)
}

fn draw_curves(curves: &[Curve], axis: &str) -> Drawn {
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let x = spread(points().map(|point| place(point.0)), 1.0).ok_or("no points")?;
    let y = spread(points().flat_map(|point| [point.2, point.3]), 1.3).ok_or("no points")?;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDTH, HEIGHT)).into_drawing_area();
        let mut marks: Vec<f64> = points().map(|point| place(point.0)).collect();
        marks.sort_by(f64::total_cmp);
        marks.dedup();
        // Every point has its label, or every second, or ..
        let marks = marks.iter().copied().step_by(marks.len().div_ceil(8)).collect();
        let steps = steps(&y);
        let (x, y) = (x.log_scale().with_key_points(marks), y.log_scale().with_key_points(steps));
        let mut chart = frame(&root)?.build_cartesian_2d(x, y)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .axis_style(INK)
            .label_style(("sans-serif", 13).into_font().color(&INK))
            .x_labels(7)
            .y_labels(6)
            .x_label_formatter(&|x| if *x < 1.0 { "0".into() } else { whole(*x) })
            .y_label_formatter(&|ns| short(*ns))
            .x_desc(axis)
            .draw()?;
        for (i, curve) in curves.iter().enumerate() {
            let line = curve.points.iter().map(|point| (place(point.0), point.1));
            chart.draw_series(LineSeries::new(line.clone(), colour(i).stroke_width(2)))?;
            chart.draw_series(line.map(|at| Circle::new(at, 3, colour(i).filled())))?;
            chart.draw_series(curve.points.iter().map(|&(x, _, low, high)| {
                PathElement::new(vec![(place(x), low), (place(x), high)], colour(i).stroke_width(1))
            }))?;
        }
        root.present()?;
    }
    Ok(svg)
}

fn draw_tails(tails: &[(String, [f64; 4])]) -> Drawn {
    let y = spread(tails.iter().flat_map(|tail| tail.1), 1.3).ok_or("no calls")?;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDTH, HEIGHT)).into_drawing_area();
        let mut chart = frame(&root)?
            .build_cartesian_2d(-0.3..3.3f64, y.clone().log_scale().with_key_points(steps(&y)))?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(GRID)
            .light_line_style(TRANSPARENT)
            .axis_style(INK)
            .label_style(("sans-serif", 13).into_font().color(&INK))
            .x_labels(4)
            .y_labels(6)
            .x_label_formatter(&|x| match (x.round() as i64, x.fract() == 0.0) {
                (0, true) => "p50".into(),
                (1, true) => "p99".into(),
                (2, true) => "p99.9".into(),
                (3, true) => "worst".into(),
                _ => String::new(),
            })
            .y_label_formatter(&|ns| short(*ns))
            .draw()?;
        for (i, (_, at)) in tails.iter().enumerate() {
            let line = at.iter().enumerate().map(|(x, ns)| (x as f64, *ns));
            chart.draw_series(LineSeries::new(line.clone(), colour(i).stroke_width(2)))?;
            chart.draw_series(line.map(|at| Circle::new(at, 4, colour(i).filled())))?;
        }
        root.present()?;
    }
    Ok(svg)
}

/// Times further apart than this do not fit on one linear axis.
const WIDE: f64 = 30.0;
/// Height of a bar with its name above.
const BAR: u32 = 38;

/// Bars from zero; dots on a logarithmic axis where bars could not be told apart.
fn draw_bars(bars: &[(String, f64, f64, f64)]) -> Drawn {
    let most = bars.iter().map(|bar| bar.3).fold(0.0, f64::max);
    let least = bars.iter().map(|bar| bar.2).fold(f64::INFINITY, f64::min);
    let mut svg = String::new();
    {
        let size = (WIDTH, BAR * bars.len() as u32 + 34);
        let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let y = 0.0..bars.len() as f64;
        let mut frame = ChartBuilder::on(&root);
        frame.margin(4).margin_right(24).x_label_area_size(26);
        if most > WIDE * least {
            let x = spread([least, most].into_iter(), 1.5).ok_or("no time")?;
            fill_bars(frame.build_cartesian_2d(x.clone().log_scale(), y)?, bars, x.start, false)?;
        } else {
            fill_bars(frame.build_cartesian_2d(0.0..most * 1.05, y)?, bars, 0.0, true)?;
        }
        root.present()?;
    }
    Ok(svg)
}

fn fill_bars<'a, X>(
    mut chart: ChartContext<'a, SVGBackend<'a>, Cartesian2d<X, plotters::coord::types::RangedCoordf64>>,
    bars: &[(String, f64, f64, f64)],
    start: f64,
    filled: bool,
) -> Result<(), Box<dyn Error>>
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    chart
        .configure_mesh()
        .disable_y_mesh()
        .disable_y_axis()
        .bold_line_style(GRID)
        .light_line_style(TRANSPARENT)
        .axis_style(INK)
        .label_style(("sans-serif", 13).into_font().color(&INK))
        .x_labels(6)
        .x_label_formatter(&|ns| short(*ns))
        .draw()?;
    for (i, (name, ns, low, high)) in bars.iter().enumerate() {
        let top = (bars.len() - i) as f64;
        let colour = if i == 0 { PLAIN } else { colour(0) };
        let middle = top - 0.68;
        if filled {
            let bar = Rectangle::new([(start, top - 0.88), (*ns, top - 0.48)], colour.filled());
            chart.draw_series([bar])?;
        } else {
            chart.draw_series([Circle::new((*ns, middle), 5, colour.filled())])?;
        }
        chart.draw_series([PathElement::new(vec![(*low, middle), (*high, middle)], INK.stroke_width(1))])?;
        let text = format!("{name}: {}", time(*ns));
        let font = ("sans-serif", 13).into_font().color(&INK);
        chart.draw_series([Text::new(text, (start, top - 0.06), font)])?;
    }
    Ok(())
}

fn frame<'a, 'b>(
    root: &'a DrawingArea<SVGBackend<'b>, plotters::coord::Shift>,
) -> Result<ChartBuilder<'a, 'b, SVGBackend<'b>>, Box<dyn Error>> {
    let mut frame = ChartBuilder::on(root);
    frame.margin(6).margin_right(20).x_label_area_size(44).y_label_area_size(58);
    Ok(frame)
}

/// From the least to the most, and a little more: a factor, for axes are logarithmic.
fn spread(values: impl Iterator<Item = f64>, more: f64) -> Option<Range<f64>> {
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    for value in values.filter(|value| *value > 0.0) {
        (least, most) = (least.min(value), most.max(value));
    }
    (least <= most).then(|| least / more..(most * more).max(least * 1.01))
}

/// A time on an axis.
fn short(ns: f64) -> String {
    if ns == 0.0 { "0".into() } else { time(ns).replace(".00 ", " ").replace(".0 ", " ") }
}
