"""One theme or question asked of several provinces: their own words beside each other, periods and areas told."""
