# nbgrader's settings in everybody's server: work goes to and comes from ngshare. A course's own settings come after.
from caucusroom_grading.nbgrader.release import Unplayed
from nbgrader.exchange import ExchangeError
from ngshare_exchange import ExchangeList, ExchangeReleaseAssignment, configureExchange

KEPT = (
    "Work was handed in for {assignment} already, and ngshare would forget it together with the assignment. "
    "It stays as it was released; what has changed needs an assignment of another name."
)


def keep_what_was_handed_in(exchange, assignment):
    """ExchangeError if there is work that would be lost, or if that cannot be found out."""
    answer = exchange.ngshare_api_get(f"/submissions/{exchange.coursedir.course_id}/{assignment}")
    if answer is None or answer["submissions"]:
        said = KEPT.format(assignment=assignment) if answer else "ngshare does not say whether work was handed in."
        exchange.log.error(said)
        raise ExchangeError(said)


class Release(Unplayed, ExchangeReleaseAssignment):
    def assignment_exists(self):
        if self.force:
            keep_what_was_handed_in(self, self.coursedir.assignment_id)
        return super().assignment_exists()


class List(ExchangeList):
    def _unrelease_assignment(self, course_id, assignment_id):
        keep_what_was_handed_in(self, assignment_id)
        return super()._unrelease_assignment(course_id, assignment_id)


c = get_config()  # noqa: F821
configureExchange(c, "http://ngshare:8080/services/ngshare")
c.ExchangeFactory.release_assignment = Release
c.ExchangeFactory.list = List
c.CourseDirectory.course_id = "mediation"
