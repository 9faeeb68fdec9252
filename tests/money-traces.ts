/** One statement of SQL with its values. */
type Run = (text: string, ...values: unknown[]) => Promise<{ rows: { id?: string }[] }>;

/** Whose traces are stored, and somebody else beside whom they stand. */
interface Traced {
  readonly summitId: string;
  readonly personId: string;
  readonly other: string;
  readonly name: string;
}

/** A trace of somebody wherever money, stays and meals can hold one: in their own rows and in others' words. */
export async function storeMoneyTraces(run: Run, traced: Traced): Promise<void> {
  const { summitId, personId, other, name } = traced;
  const said = `${name} was here`;
  const data = JSON.stringify({ who: [said] });
  const one = async (text: string, ...values: unknown[]): Promise<string> =>
    (await run(`${text} returning id`, ...values)).rows[0]?.id ?? '';
  const policy = await one(
    `insert into policy (summit_id, key, text, adopted_at) values ($1, 'own', $2, now())`,
    summitId,
    said,
  );
  await run(`insert into policy_revision values ($1, 1, $2, now(), $3)`, policy, said, personId);
  await run(`insert into policy_confirmed values ($1, 'rule', 1, now(), $2)`, policy, personId);
  const funder = await one(
    `insert into funder (summit_id, key, name, currency, award, note) values ($1, 'own', $2, 'USD', $2, $2)`,
    summitId,
    said,
  );
  const line = await one(
    `insert into fund_line (summit_id, funder_id, key, title, categories) values ($1, $2, 'own', $3, '{travel}')`,
    summitId,
    funder,
    said,
  );
  await run(`insert into fund_line_person values ($1, $2)`, line, personId);
  await run(
    `insert into participant_status values ($1, $2, true, $3, $2, now()), ($1, $4, true, $3, $2, now())`,
    summitId,
    personId,
    said,
    other,
  );
  await run(
    `with entry as (
       insert into journal_entry (summit_id, at, by_person, kind, key, is_override)
       values ($1, now(), $3, 'commitment', $4, true) returning id),
     note as (insert into journal_note select id, $5 from entry)
     insert into journal_posting (entry_id, position, line_id, category, person_id, stage, minor)
     select id, 0, $2::uuid, '', null::uuid, 'left', 99300 from entry union all
     select id, 1, $2, 'travel', $3, 'committed', 700 from entry union all
     select id, 2, $2, '', null, 'grant', -100000 from entry`,
    summitId,
    line,
    personId,
    `traces:${personId}`,
    said,
  );
  await run(
    `insert into rate_kept (summit_id, file_name, line, raw, reason, read_at) values ($1, $2, 1, $2, $2, now())`,
    summitId,
    said,
  );
  await run(
    `insert into exchange_rate values ($1, 'EUR', 'USD', '2023-05-01', '1.1', 'ECB', now())`,
    summitId,
  );
  await run(`insert into seat_cost_model values ($1, $2, 1, now(), $3)`, summitId, data, personId);
  await run(`insert into money_publication values ($1, $2)`, summitId, data);
  await storePapers(one, run, { ...traced, funder, line, said, data });
  await storeNights(one, run, { ...traced, said, data });
  await storeMeals(one, run, { ...traced, said, data });
}

type One = (text: string, ...values: unknown[]) => Promise<string>;
interface Said extends Traced {
  readonly said: string;
  readonly data: string;
}

/** An estimate, claims, receipts and payments, one of them claimed by somebody else. */
async function storePapers(
  one: One,
  run: Run,
  { summitId, personId, other, funder, line, said, data }: Said & { funder: string; line: string },
): Promise<void> {
  const estimate = await one(
    `insert into estimate (summit_id, number, person_id, state, note, over_reason, first_look_by, created_at)
     values ($1, 901, $2, 'submitted', $3, $3, $2, now())`,
    summitId,
    personId,
    said,
  );
  await run(
    `insert into estimate_item (estimate_id, position, category, text, line_id, spent_minor, spent_currency, cap_reason)
     values ($1, 0, 'travel', $2, $3, 700, 'USD', $2)`,
    estimate,
    said,
    line,
  );
  await run(
    `insert into estimate_step (estimate_id, at, by_person, state, reason) values ($1, now(), $2, 'submitted', $3)`,
    estimate,
    personId,
    said,
  );
  const bundles = await one(
    `insert into bundle_run (summit_id, funder_id, asked_at, asked_by, total, failure)
     values ($1, $2, now(), $3, 1, $4)`,
    summitId,
    funder,
    personId,
    said,
  );
  const bytes = Buffer.from(said);
  await run(
    `insert into bundle_part (run_id, position, person_id, name, size, content)
     values ($1, 0, $2, $3, 1, $4), ($1, 1, $5, $6, 1, '')`,
    bundles,
    personId,
    `${said}.pdf`,
    bytes,
    other,
    `with ${said}.pdf`,
  );
  const slip = (owner: string, digest: string) =>
    one(
      `insert into receipt (summit_id, person_id, name, media_type, size, sha256, content, added_at)
       values ($1, $2, $3, 'image/png', 1, sha256($4::bytea), $5, now())`,
      summitId,
      owner,
      said,
      digest,
      owner === personId && digest === 'own' ? bytes : Buffer.from('slip'),
    );
  const [own, shared] = [await slip(personId, 'own'), await slip(personId, 'shared')];
  await run(`insert into receipt_share values ($1, $2, 5), ($3, $2, 5)`, shared, other, own);
  for (const [number, who, receipt] of [
    [901, personId, own],
    [902, other, shared],
  ] as const) {
    const claim = await one(
      `insert into claim (summit_id, number, person_id, entered_by, state, title, note, over_reason, created_at)
       values ($1, $2, $3, $4, 'paid', $5, $5, $5, now())`,
      summitId,
      number,
      who,
      personId,
      said,
    );
    const item = await one(
      `insert into claim_item (claim_id, position, category, text, facts, deductions, findings, typed, reason)
       values ($1, 0, 'meals', $2, $3, $3, $3, $3, $2)`,
      claim,
      said,
      data,
    );
    await run(`insert into claim_item_person values ($1, $2, 5)`, item, personId);
    await run(`insert into claim_item_receipt values ($1, $2, 0)`, item, receipt);
    await run(
      `insert into claim_step (claim_id, at, by_person, state, reason) values ($1, now(), $2, 'paid', $3)`,
      claim,
      personId,
      said,
    );
    const batch = await one(
      `insert into payer_batch (summit_id, funder_id, number, note, sent_at, sent_by)
       values ($1, $2, $3, $4, now(), $5)`,
      summitId,
      funder,
      number,
      said,
      personId,
    );
    await run(
      `insert into payer_batch_claim (batch_id, claim_id, minor, recall_reason) values ($1, $2, 5, $3)`,
      batch,
      claim,
      said,
    );
    const payment = await one(
      `insert into payment (summit_id, funder_id, claim_id, minor, paid_on, reference, key, recorded_at,
         recorded_by, reversal_reason) values ($1, $2, $3, 5, '2023-06-30', $4, $5, now(), $6, $4)`,
      summitId,
      funder,
      claim,
      said,
      `payment of ${claim}`,
      personId,
    );
    const file = await one(
      `insert into bank_import (summit_id, funder_id, file_name, mapping, read_at, read_by)
       values ($1, $2, $3, $4, now(), $5)`,
      summitId,
      funder,
      said,
      data,
      personId,
    );
    await run(
      `insert into bank_row (import_id, summit_id, line, raw, fingerprint, payee, reference, state, reason, payment_id)
       values ($1, $2, 1, $3, 'print', $3, $3, 'matched', $3, $4)`,
      file,
      summitId,
      said,
      payment,
    );
  }
}

/** Nights, rooms, ways and a letter. */
async function storeNights(
  one: One,
  run: Run,
  { summitId, personId, other, said, data }: Said,
): Promise<void> {
  await run(
    `insert into stay (summit_id, person_id, from_city, extra_reason, extra_answer, single_reason, note, said_by, said_at)
     values ($1, $2, $3, $3, $3, $3, $3, $2, now()), ($1, $4, $3, $3, $3, $3, $3, $2, now())`,
    summitId,
    personId,
    said,
    other,
  );
  await run(
    `insert into room_wish values ($1, $2, $3, 'with', now()), ($1, $3, $2, 'not_with', now())`,
    summitId,
    personId,
    other,
  );
  const house = await one(
    `insert into lodging (summit_id, name, address, text) values ($1, $2, $2, $2)`,
    summitId,
    said,
  );
  const room = await one(
    `insert into lodging_room (lodging_id, name, beds) values ($1, $2, 2)`,
    house,
    said,
  );
  const rooming = await one(
    `insert into rooming (summit_id, state, seed, statement, made_at, made_by) values ($1, 'set', 1, $2, now(), $3)`,
    summitId,
    data,
    personId,
  );
  await run(
    `insert into rooming_place values ($1, $2, $4), ($1, $3, $4)`,
    rooming,
    personId,
    other,
    room,
  );
  await run(
    `insert into letter_setting (summit_id, letterhead, signed_as, contact) values ($1, $2, $2, $2)`,
    summitId,
    said,
  );
  for (const who of [personId, other]) {
    await run(
      `insert into journey_leg (summit_id, person_id, direction, position, mode, from_place, to_place, note)
       values ($1, $2, 'there', 0, 'air', $3, $3, $3)`,
      summitId,
      who,
      said,
    );
    await run(
      `insert into visa_letter (summit_id, person_id, full_name, citizenship, affiliation, note, answer, signed_as,
         requested_at, issued_by, content) values ($1, $2, $3, 'NO', $4, $4, $4, $4, now(), $5, $6)`,
      summitId,
      who,
      who === personId ? said : 'Somebody Else',
      said,
      personId,
      data,
    );
  }
}

/** Needs, a plan of a meal, a restaurant and a table. */
async function storeMeals(
  one: One,
  run: Run,
  { summitId, personId, other, said }: Said,
): Promise<void> {
  await run(
    `insert into need values ($1, $2, '{vegan}', $3, $3, now()), ($1, $4, '{}', $3, $3, now())`,
    summitId,
    personId,
    said,
    other,
  );
  const plan = await one(
    `insert into meal_plan (summit_id, date, meal, kind, is_provided, caterer, place, note)
     values ($1, '2023-05-22', 'lunch', 'restaurants', true, $2, $2, $2)`,
    summitId,
    said,
  );
  const place = await one(
    `insert into restaurant (summit_id, name, seats, price, note) values ($1, $2, 9, $2, $2)`,
    summitId,
    said,
  );
  const table = await one(
    `insert into meal_table (meal_plan_id, restaurant_id, title) values ($1, $2, $3)`,
    plan,
    place,
    said,
  );
  await run(
    `insert into meal_seat values ($1, $2, $4), ($1, $3, $4)`,
    plan,
    personId,
    other,
    table,
  );
}
