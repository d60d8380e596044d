"""Who is what to whom."""

from .base import DAObject, DAError, class_and_parameters
from .dicts import DADict
from .lists import DAList

__all__ = ['RelationshipTree', 'RelationshipDir', 'RelationshipPeer']


class RelationshipDir(DAObject):
    """A relation with a direction: a parent, a child, and what kind it is."""

    def involves(self, target):
        return self.parent is target or self.child is target


class RelationshipPeer(DAObject):
    """A relation among equals."""

    def involves(self, target):
        return any(peer is target for peer in self.peers)


def same(value, wanted):
    return value is wanted if isinstance(wanted, DAObject) else value == wanted


def condition(keywords):
    """A test of a relation made from one keyword: involves=, parent=, relationship_type= ..."""
    if len(keywords) != 1:
        raise DAError('RelationshipTree: a query takes a function or exactly one keyword')
    [(name, wanted)] = keywords.items()
    if name == 'involves':
        targets = [wanted] if isinstance(wanted, DAObject) and not isinstance(wanted, DAList) else list(wanted)
        return lambda relation: all(relation.involves(target) for target in targets)
    return lambda relation: hasattr(relation, name) and same(getattr(relation, name), wanted)


class RelationshipTree(DAObject):
    """Individuals and how they are related."""

    def init(self, *pargs, **kwargs):
        super().init(*pargs, **kwargs)
        for name, cls in (('leaf', DAObject), ('relationships_dir', RelationshipDir),
                          ('relationships_peer', RelationshipPeer)):
            self.initializeAttribute(name, DAList.using(object_type=cls, auto_gather=False, gathered=True))

    def new(self, cls, *pargs, **kwargs):
        return self.leaf.appendObject(cls, **kwargs)

    def _and(self, *tests, **keywords):
        tests += tuple(condition({name: value}) for name, value in keywords.items())
        return lambda relation: all(test(relation) for test in tests)

    def _or(self, *tests, **keywords):
        tests += tuple(condition({name: value}) for name, value in keywords.items())
        return lambda relation: any(test(relation) for test in tests)

    def query_dir(self, *pargs, **kwargs):
        test = pargs[0] if pargs else condition(kwargs)
        return (relation for relation in list(self.relationships_dir.elements) if test(relation))

    def query_peer(self, *pargs, **kwargs):
        test = pargs[0] if pargs else condition(kwargs)
        return (relation for relation in list(self.relationships_peer.elements) if test(relation))

    def add_relationship_dir(self, parent=None, child=None, relationship_type=None):
        for relation in self.query_dir(self._and(parent=parent, child=child, relationship_type=relationship_type)):
            return relation
        return self.relationships_dir.appendObject(parent=parent, child=child, relationship_type=relationship_type)

    def add_relationship_peer(self, *peers, relationship_type=None):
        for relation in self.query_peer(relationship_type=relationship_type):
            if len(relation.peers) == len(peers) and all(relation.involves(peer) for peer in peers):
                return relation
        return self.relationships_peer.appendObject(peers=list(peers), relationship_type=relationship_type)

    def delete_dir(self, *relations):
        drop(self.relationships_dir, relations)

    def delete_peer(self, *relations):
        drop(self.relationships_peer, relations)


def drop(relations, gone):
    for relation in gone:
        for index, other in enumerate(relations.elements):
            if other is relation:
                relations.pop(index)
                break


# What every object can say about its relations in a tree.


def _related(self, relationship_type, tree, self_is, filter_by=None):
    """The others in relations of a type, with the relation itself."""
    for relation in tree.query_dir(relationship_type=relationship_type):
        if filter_by is not None and not filter_by(relation):
            continue
        if relation.child is self and self_is in ('either', 'child'):
            yield relation.parent, relation
        elif relation.parent is self and self_is in ('either', 'parent'):
            yield relation.child, relation


def _peers(self, relationship_type, tree):
    for relation in tree.query_peer(relationship_type=relationship_type):
        if relation.involves(self):
            for peer in relation.peers:
                if peer is not self:
                    yield peer, relation


def is_relation(self, target, relationship_type, tree, self_is='either', filter_by=None):
    return any(other is target for other, _ in self._related(relationship_type, tree, self_is, filter_by))


def is_peer_relation(self, target, relationship_type, tree, filter_by=None):
    return any(other is target for other, _ in self._peers(relationship_type, tree))


def get_relation(self, relationship_type, tree, self_is='either', create=False, object_type=None,
                 complete_attribute=None, rel_filter_by=None, filter_by=None, count=1):
    found = [other for other, _ in self._related(relationship_type, tree, self_is, rel_filter_by)
             if filter_by is None or filter_by(other)]
    while create and len(found) < count:
        other = self._new_relation('new_relation', relationship_type, tree, create, object_type, complete_attribute)
        self.set_relationship(other, relationship_type, self_is, tree)
        found.append(other)
    return one_or_many(found)


def get_peer_relation(self, relationship_type, tree, create=False, object_type=None, complete_attribute=None,
                      rel_filter_by=None, filter_by=None, count=1):
    found = [other for other, _ in self._peers(relationship_type, tree) if filter_by is None or filter_by(other)]
    while create and len(found) < count:
        other = self._new_relation('new_peer_relation', relationship_type, tree, create, object_type,
                                   complete_attribute)
        self.set_peer_relationship(other, relationship_type, tree)
        found.append(other)
    return one_or_many(found)


def _new_relation(self, attribute, relationship_type, tree, create, object_type, complete_attribute):
    """An individual who is asked about before he gets his place in the tree."""
    cls, parameters = class_and_parameters(type(self) if object_type is None else object_type, {})
    if create == 'independent':
        return tree.new(cls, **parameters)
    if attribute not in self.__dict__:
        self.initializeAttribute(attribute, DADict)
    pending = getattr(self, attribute)
    if relationship_type not in pending.elements:
        pending.initializeObject(relationship_type, cls, **parameters)
    other = pending.elements[relationship_type]
    if complete_attribute is None:
        str(other)
    else:
        getattr(other, complete_attribute)
    del pending.elements[relationship_type]
    other._set_instance_name_recursively(tree.leaf.item_name(len(tree.leaf.elements)))
    tree.leaf.append(other)
    return other


def set_relationship(self, target, relationship_type, self_is, tree, replace=False):
    if replace:
        tree.delete_dir(*[relation for _, relation in self._related(relationship_type, tree, self_is)])
    parent, child = (self, target) if self_is == 'parent' else (target, self)
    return tree.add_relationship_dir(parent=parent, child=child, relationship_type=relationship_type)


def set_peer_relationship(self, target, relationship_type, tree, replace=False):
    if replace:
        tree.delete_peer(*[relation for _, relation in self._peers(relationship_type, tree)])
    return tree.add_relationship_peer(self, target, relationship_type=relationship_type)


def one_or_many(found):
    if len(found) == 0:
        return None
    if len(found) == 1:
        return found[0]
    return DAList(elements=found)


for method in (_related, _peers, is_relation, is_peer_relation, get_relation, get_peer_relation, _new_relation,
               set_relationship, set_peer_relationship):
    setattr(DAObject, method.__name__, method)
