pub type Weight = Kilograms;
type Kilograms = f64;
