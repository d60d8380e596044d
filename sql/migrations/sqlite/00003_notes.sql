-- What a carrier noted about an effect (who refused a mail), and the list of effects.

-- +goose Up
alter table effects add column note blob; -- sealed; null: nothing noted
create index effects_kind on effects (kind, created_at);

-- +goose Down
drop index effects_kind;
alter table effects drop column note;
