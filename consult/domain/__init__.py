"""What is true: text, differences, anchors, merges, process and policy. Values in, values out."""
