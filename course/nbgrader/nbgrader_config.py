# The settings of this course for nbgrader. What is here is all that the course needs; add your own below.
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "mediation"
# Where assignments are handed out and collected, if not in nbgrader's own place:
# c.Exchange.root = "/srv/nbgrader/exchange"

# What stands above every assignment, and the mark schemes, which stand with the questions and are never handed out.
c.IncludeHeaderFooter.header = "source/header.ipynb"
c.ClearMarkScheme.enforce_metadata = False

# What somebody has played in is not handed out, nor a source that calls one assignment by two names.
c.GenerateAssignment.exporter_class = "caucusroom_grading.nbgrader.exporter.Source"
c.ExchangeFactory.release_assignment = "caucusroom_grading.nbgrader.release.Release"

# A journal comes along when work is collected from the archive of a learning platform.
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".jsonl"]

# Grading by replay: nothing of a student is run. Assignments that are not of this course are graded as ever.
c.Autograde.exporter_class = "caucusroom_grading.nbgrader.exporter.Reader"
c.Autograde.sanitize_preprocessors = ["caucusroom_grading.nbgrader.preprocessors.Sanitize"]
c.Autograde.autograde_preprocessors = [
    "caucusroom_grading.nbgrader.preprocessors.Grade",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "caucusroom_grading.nbgrader.preprocessors.Comments",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# What students get back: one page with the points, the reasons and the review. Mark schemes only if you want it so.
c.GenerateFeedback.exporter_class = "caucusroom_grading.nbgrader.feedback.FeedbackPage"
# c.FeedbackPage.mark_schemes = True
