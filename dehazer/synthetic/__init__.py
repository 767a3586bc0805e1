"""The renderer of the sample clip and of test cameras: a country road in fog with exact ground truth."""
