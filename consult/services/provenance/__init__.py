"""Where words come from: origins kept with every text, asked for, and traced to who wanted them."""
