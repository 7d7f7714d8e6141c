//! What the kin of an address are: those whose addresses have its shape, those that stand where
//! it stands.

use super::super::layout::Layout;
use super::super::links::Target;
use super::super::place::Place;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// How much the mean of its kin counts beside an address's own points.
const WEIGHT: f32 = 0.7;

/// As many kin tell half of what endlessly many would.
const HALF: f32 = 2.0;

/// The most that kin may tell for or against, in points.
const POINTS_MAX: f32 = 4.0;

/// So many kin with the very same folders are enough to ask no others.
const CLOSE_ENOUGH: f32 = 4.0;

/// Returns for each address what its kin tell.
pub fn read(layout: &Layout, targets: &[Target], points: &[f32]) -> Vec<f32> {
    let paths: Vec<HashSet<u64>> = targets.iter().map(|target| paths(layout, target)).collect();
    let numbered = || targets.iter().enumerate();
    let by_shape = Kin::of(points, numbered().map(|(at, target)| (&target.form.shape, at)));
    let by_folders = Kin::of(points, numbered().map(|(at, target)| (&target.form.fine_shape, at)));
    let placed = paths.iter().enumerate();
    let by_path =
        Kin::of(points, placed.flat_map(|(at, paths)| paths.iter().map(move |path| (path, at))));
    let told = |(at, target): (usize, &Target)| {
        let close = by_folders.without(&&target.form.fine_shape, points[at]);
        let shape = match close.count >= CLOSE_ENOUGH {
            true => close.told(),
            false => by_shape.without(&&target.form.shape, points[at]).told(),
        };
        // What stands in a foot or a menu is not carried out of it by how it is addressed.
        let shape = if is_inside(layout, target) { shape.min(0.0) } else { shape };
        let places = paths[at].iter().map(|path| by_path.without(&path, points[at]).told());
        shape + places.fold(f32::MIN, f32::max)
    };
    numbered().map(told).collect()
}

/// Returns where in the structure of the page the links of an address stand.
fn paths(layout: &Layout, target: &Target) -> HashSet<u64> {
    target.links.iter().map(|link| layout.spots[link.spot].path).collect()
}

fn is_inside(layout: &Layout, target: &Target) -> bool {
    let places = target.links.iter().map(|link| layout.spots[link.spot].place);
    places.into_iter().all(|place| matches!(place, Place::Foot | Place::Nav))
}

/// Addresses by what they have in common.
struct Kin<K>(HashMap<K, Sum>);

/// The points of several addresses.
#[derive(Clone, Copy, Default)]
struct Sum {
    points: f32,
    count: f32,
}

impl Sum {
    fn told(self) -> f32 {
        if self.count < 1.0 {
            return 0.0;
        }
        let mean = (self.points / self.count).clamp(-POINTS_MAX, POINTS_MAX);
        WEIGHT * mean * self.count / (self.count + HALF)
    }
}

impl<K: Eq + Hash> Kin<K> {
    fn of(points: &[f32], members: impl Iterator<Item = (K, usize)>) -> Kin<K> {
        let mut sums: HashMap<K, Sum> = HashMap::new();
        for (key, at) in members {
            let sum = sums.entry(key).or_default();
            sum.points += points[at];
            sum.count += 1.0;
        }
        Kin(sums)
    }

    /// Returns the points of the others that have this in common.
    fn without(&self, key: &K, own: f32) -> Sum {
        let all = self.0.get(key).copied().unwrap_or_default();
        Sum { points: all.points - own, count: all.count - 1.0 }
    }
}
