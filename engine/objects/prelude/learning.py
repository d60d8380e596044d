"""The names by which interviews call machine learning, which is not on this
server: learners take what they are given and learn nothing from it."""

__all__ = ['SimpleTextMachineLearner', 'SVMMachineLearner', 'RandomForestMachineLearner', 'MachineLearningEntry']


class SimpleTextMachineLearner:
    """A learner without the learning: it knows no entries and predicts nothing."""

    def __init__(self, *pargs, **kwargs):
        self.group_id = kwargs.get('group_id', None)

    def _nothing(self, *pargs, **kwargs):
        return None

    def _nobody(self, *pargs, **kwargs):
        return []

    initialize = add_to_training_set = save_for_classification = one_unclassified_entry = _nothing
    new_entry = confusion_matrix = delete_by_key = reset = export_training_set = retrieve_by_id = _nothing
    predict = unclassified_entries = classified_entries = dependent_in_use = _nobody

    def is_empty(self):
        return True


class SVMMachineLearner(SimpleTextMachineLearner):
    """See SimpleTextMachineLearner."""


class RandomForestMachineLearner(SimpleTextMachineLearner):
    """See SimpleTextMachineLearner."""


class MachineLearningEntry:
    """A text that could be classified."""

    def __init__(self, **kwargs):
        for key, value in kwargs.items():
            setattr(self, key, value)

    def _nothing(self, *pargs, **kwargs):
        return None

    classify = save = predict = _nothing
