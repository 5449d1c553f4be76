"""What the tests of judging share: judged moments, levels without a whole report, and the case notes."""
