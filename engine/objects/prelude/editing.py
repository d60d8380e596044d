"""Groups that are edited from the screen: their buttons, and what the buttons do."""

import _colloquy as engine
from .base import DAObject

__all__ = []


class Editing:
    """The part of a group that has to do with adding, editing and deleting items."""

    def _change(self, verb, **arguments):
        """The address of an action on this group."""
        return engine.url_action('_da_' + self._kind + '_' + verb, **arguments)

    def add_action(self, label=None, message=None, url_only=False, icon='plus-circle', color=None, size='sm',
                   block=None, classname=None):
        url = self._change('add', **{self._kind: self.instanceName})
        if url_only:
            return url
        if label is None:
            label = message
        if label is None:
            label = 'Add another' if len(self.elements) > 0 else 'Add an item'
        classes = engine.button_classes(size, bool(block), color or '', 'add', classname)
        return self._add_action_button(url, classes, engine.icon_classes(icon), engine.word(label))

    def _add_action_button(self, url, classes, icon, label):
        mark = '<i class="' + icon + '"></i> ' if icon else ''
        return '<a href="' + url + '" class="' + classes + '">' + mark + str(label) + '</a>'

    def _edit_button(self, url, classes):
        return self._row_button(url, classes, 'fa-pencil-alt', 'Edit') + ' '

    def _delete_button(self, url, classes):
        return self._row_button(url, classes, 'fa-trash', 'Delete')

    def _row_button(self, url, classes, icon, label):
        return ('<a href="' + url + '" role="button" class="' + classes + '"><span class="text-nowrap">'
                '<i class="fa-solid ' + icon + '"></i> ' + engine.word(label) + '</span></a>')

    def _edit_steps(self, item, index, followups, ensure_complete):
        """The questions that editing an item asks, one after another."""
        name = item.instanceName if isinstance(item, DAObject) else self.item_name(index)
        paths = [name + (path if path.startswith('[') else '.' + path) for path in followups]
        steps = [{'follow up': paths}] if paths else [self.item_name(index)]
        attributes = self._complete_attributes()
        complete = [name + '.' + attribute for attribute in attributes if attribute != 'complete']
        if self._kind == 'dict' and 'complete' in attributes:
            steps.insert(0, {'action': '_da_undefine', 'arguments': {'variables': [name + '.complete']}})
        if complete:
            steps.append({'action': '_da_define', 'arguments': {'variables': complete}})
        if ensure_complete:
            steps.append({'action': '_da_' + self._kind + '_ensure_complete',
                          'arguments': {'group': self.instanceName}})
        return steps

    def _allowed(self, item, kwargs):
        """Whether an item may be edited, and whether it may be deleted."""
        edit, delete = kwargs.get('edit', True), kwargs.get('delete', True)
        if kwargs.get('read_only_attribute', None) is not None:
            fixed = getattr(item, kwargs['read_only_attribute'])
            if hasattr(fixed, 'items'):
                edit = edit and fixed.get('edit', True)
                delete = delete and fixed.get('delete', True)
            elif fixed:
                return False, False
        if self.minimum_number is not None and len(self.elements) <= self.minimum_number:
            delete = False
        return edit, delete

    def item_actions(self, *pargs, **kwargs):
        item, index, *followups = pargs
        edit, delete = self._allowed(item, kwargs)
        steps = self._edit_steps(item, index, followups, kwargs.get('ensure_complete', True))
        if kwargs.get('edit_url_only', False):
            return self._change('edit', items=steps)
        gone = {self._kind: self.instanceName, 'item': repr(index)}
        if kwargs.get('delete_url_only', False):
            return self._change('remove', **gone)
        output = self._reorder_buttons(index) if kwargs.get('reorder', False) and self._kind == 'list' else ''
        if edit:
            classes = engine.button_classes('sm', False, '', 'edit')
            output += self._edit_button(self._change('edit', items=steps), classes)
        if delete:
            extra = 'daremovebutton' if kwargs.get('confirm', False) else None
            classes = engine.button_classes('sm', False, '', 'delete', extra)
            output += self._delete_button(self._change('remove', **gone), classes)
        return output

    def _reorder_buttons(self, index):
        engine.offers_order(self.instanceName)
        return ('<span class="text-nowrap">' +
                self._reorder_button(index, -1, 'datableup', 'fa-arrow-up', 'Reorder by moving up', 'Move up') +
                self._reorder_button(index, 1, 'databledown', 'fa-arrow-down', 'Reorder by moving down', 'Move down') +
                '</span>')

    def _reorder_button(self, index, by, css, icon, title, label):
        classes = engine.button_classes('sm', False, '', 'reorder', css)
        # Scripts move the row and post the order with the form; without them the link moves it.
        return ('<a href="' + self._change('move', list=self.instanceName, item=repr(index), by=by) + '" role="button" class="' + classes + '" title="' + engine.word(title) +
                '" data-tablename="' + engine.encode_name(self.instanceName) + '" data-tableitem="' + str(index) +
                '"><i class="fa-solid ' + icon + '"></i><span class="visually-hidden">' + engine.word(label) +
                '</span></a> ')

    def _start_adding(self):
        """What the Add button does before the item is asked for."""
        had = bool(getattr(self, 'gathered', False))
        if had:
            self.was_gathered = True
            self.reset_gathered()
            if not self.auto_gather:
                self._append_one()
        if self.auto_gather:
            self._expect_one_more(had)
        if not self.ask_number:
            self.there_are_any = True

    def _expect_one_more(self, had):
        if self.ask_number:
            before = len(self.elements) if self._kind == 'dict' else int(self.target_number)
            self.target_number = before + 1
        elif had:
            self.there_is_another = False
            if len(self.elements) > 0:
                self.there_is_one_other = True
        elif len(self.elements) > 0:
            self.there_is_another = True

    def _remove_from_screen(self, index):
        """What the Delete button does."""
        self.pop(index)
        if getattr(self, 'there_is_another', False):
            self.delattr('there_is_another')
        self.delattr('_necessary_length')
        if self.ask_number and int(getattr(self, 'target_number', 0)) > 0:
            self.target_number = int(self.target_number) - 1

    def cancel_add_or_edit(self):
        engine.forget_actions(self.instanceName, self._kind)
        if len(self.elements) > 0 and not self._is_complete(self._last_item(), self._complete_attributes()):
            self._pop_last()
            if len(self.elements) == 0:
                self.there_are_any = False
        self.delattr('_necessary_length', 'there_is_one_other', 'doing_gathered_and_complete')
        if getattr(self, 'was_gathered', False):
            self.gathered = True
            self.revisit = True
            self.delattr('was_gathered')
