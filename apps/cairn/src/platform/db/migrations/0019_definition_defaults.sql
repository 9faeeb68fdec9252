-- What part B of the product added to a summit's definition, for summits that were stored before it:
-- the same defaults as in the schema of the summit file. Their files do not name them, and need not.
create function pg_temp.with_defaults(definition jsonb) returns jsonb language sql as $$
  select jsonb_set(
    jsonb_set(
      definition,
      '{dates}',
      jsonb_build_object('status', 'confirmed') || (definition->'dates')
    ),
    '{planning_meetings}',
    jsonb_build_object(
      'recordings', 'do_not_count',
      'tracks', '[]'::jsonb,
      'notes_from_lead_after_days', 1,
      'notes_from_organisers_after_days', 7
    )
    || (definition->'planning_meetings')
    || jsonb_build_object('list', coalesce((
      select jsonb_agg(
        meeting || jsonb_build_object('tracks', coalesce((
          select jsonb_agg(jsonb_build_object('topics', '[]'::jsonb) || track order by nth)
          from jsonb_array_elements(meeting->'tracks') with ordinality as tracks (track, nth)
        ), '[]'::jsonb))
        order by place
      )
      from jsonb_array_elements(definition->'planning_meetings'->'list')
        with ordinality as meetings (meeting, place)
    ), '[]'::jsonb))
  )
$$;

update summit set definition = pg_temp.with_defaults(definition);
update summit_revision set definition = pg_temp.with_defaults(definition);
