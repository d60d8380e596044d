"""Names of things that this version does not have, for interviews that mention them."""

import _words
from _objects import DAObject


def _lacking(name, what):
    def method(self, *pargs, **kwargs):
        _words.absent(name, what)
    return method


class DACloudStorage(DAObject):
    """Storage in a cloud."""

    conn = client = bucket = bucket_name = container_name = property(_lacking('DACloudStorage', 'no cloud storage is reachable'))


class DAGoogleAPI(DAObject):
    """Services of Google."""

    api_credentials = http = drive_service = sheets_service = cloud_credentials = project_id = \
        google_cloud_storage_client = google_cloud_vision_client = _lacking('DAGoogleAPI', 'services of Google')


class DAOAuth(DAObject):
    """Authorization by another server."""

    def init(self, *pargs, **kwargs):
        self.url_args = kwargs.pop('url_args', {})
        super().init(*pargs, **kwargs)

    authorize = ensure_authorized = get_credentials = get_http = active = is_authorized = delete_credentials = \
        _lacking('DAOAuth', 'authorization by other servers')


class DAWebError(Exception):
    """A request to another server that failed."""

    def __init__(self, **facts):
        for name, value in facts.items():
            setattr(self, name, value)
        super().__init__(str(facts.get('exception_text', '')))


class DAWeb(DAObject):
    """Requests to other servers."""

    get = post = put = patch = delete = options = head = _lacking('DAWeb', 'use the module requests instead')


class MachineLearningEntry(DAObject):
    """An example to learn from. Nothing is learnt here."""

    def classify(self, dependent=None):
        return None

    def save(self):
        return None

    def predict(self, probabilities=False):
        return []


class SimpleTextMachineLearner:
    """A machine that would learn. Without the means it knows nothing, as documented."""

    def __init__(self, *pargs, **kwargs):
        self.group_id = pargs[0] if pargs else kwargs.get('group_id')

    def _nothing(self, *pargs, **kwargs):
        return None

    def _none(self, *pargs, **kwargs):
        return []

    add_to_training_set = save_for_classification = one_unclassified_entry = new_entry = confusion_matrix = \
        delete_by_key = delete_by_id = reset = set_dependent_by_id = retrieve_by_id = _nothing
    predict = unclassified_entries = classified_entries = dependent_in_use = export_training_set = _none

    def is_empty(self):
        return True


class SVMMachineLearner(SimpleTextMachineLearner):
    pass


class RandomForestMachineLearner(SimpleTextMachineLearner):
    pass


class CustomDataType:
    """The base of kinds of fields that modules declare."""

    name = None
    container_class = None
    input_class = None
    input_type = 'text'
    javascript = None
    jq_rule = None
    jq_message = None
    parameters = []
    code_parameters = []
    mako_parameters = []
    skip_if_empty = True
    is_object = False

    @classmethod
    def validate(cls, item, *pargs):
        return True

    @classmethod
    def transform(cls, item, *pargs):
        return item

    @classmethod
    def default_for(cls, item, *pargs):
        return str(item)

    @classmethod
    def empty(cls, *pargs):
        return None
