"""What looks like the thing somebody is writing: its page, its part of a form, its panel."""
