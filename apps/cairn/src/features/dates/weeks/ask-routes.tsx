import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { askPeople, remindPeople, toAsk, toRemind } from './ask-commands.ts';
import { askingMail, remindingMail } from './ask-rules.ts';
import { guestsOf } from './guest-queries.ts';
import { changeTerms } from './poll-commands.ts';
import { pollOf, weeksOfPoll } from './poll-queries.ts';
import { mayBeEdited, type Poll, takesAnswers, todayAt } from './poll-rules.ts';
import { MailPreview, PollMenu, TermsForm } from './poll-views.tsx';
import { type Refilled, termsForm } from './setup-schema.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

async function showMails(c: OrganiserContext, poll: Poll, refused?: Refilled): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { definition } = summit;
  const home = `/s/${summit.slug}/organise/weeks`;
  const action = `${home}/mails`;
  const today = todayAt(definition, services.clock.now());
  const guests = await guestsOf(services.db, organiser);
  const weeks = await weeksOfPoll(services.db, poll, today);
  const someone = { name: 'N. N.', link: `${services.url}/w/…`, zone: undefined };
  const isOpen = takesAnswers(poll, today);
  const silent = toRemind(guests, weeks);
  return showPage(
    c,
    {
      title: 'Deadline and mails',
      status: refused === undefined ? 200 : 422,
      lede: 'Until when people answer, and what they are told.',
    },
    <>
      <PollMenu home={home} current={action} />
      {mayBeEdited(poll.state) && <TermsForm action={action} poll={poll} refused={refused} />}
      {isOpen ? (
        <>
          <MailPreview
            title="Ask"
            count={toAsk(guests).length}
            mail={askingMail(definition, poll, someone)}
            action={action}
            doing="ask"
            nobody="Everybody who is asked has been written to."
          />
          <MailPreview
            title="Remind"
            count={silent.length}
            mail={remindingMail(definition, poll, someone)}
            action={action}
            doing="remind"
            nobody="Nobody was written to who has not answered."
          />
        </>
      ) : (
        <p>
          {poll.state === 'draft'
            ? 'Mails can be sent once the poll is open.'
            : 'The poll takes no answers, so nobody is written to.'}{' '}
          <a href={home}>How it stands</a>
        </p>
      )}
    </>,
  );
}

/** `/s/<summit>/organise/weeks/mails`: the deadline, and mails looked at before they go out. */
export function weekMailRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/weeks/mails';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const poll = await pollOf(c.var.services.db, c.var.summit.id);
    if (poll === undefined) return c.redirect(`/s/${c.var.summit.slug}/organise/weeks`, 303);
    return showMails(c, poll);
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const action = `/s/${summit.slug}/organise/weeks/mails`;
    const poll = await pollOf(services.db, summit.id);
    if (poll === undefined) return c.redirect(`/s/${summit.slug}/organise/weeks`, 303);
    const { typed } = await readTyped(c);
    const actor = webActor(c);
    const doing = typed['do'];
    if (doing === 'ask' || doing === 'remind') {
      const send = doing === 'ask' ? askPeople : remindPeople;
      const sent = await inTransaction(services.db, (tx) =>
        send(tx, actor, organiser, services.url),
      );
      if (!sent.ok) return seeOther(c, action, sent.error.sentence);
      return seeOther(
        c,
        action,
        sent.value === 0
          ? 'There was nobody left to write to.'
          : `${counted(sent.value, 'mail is', 'mails are')} on the way.`,
      );
    }
    const form = termsForm.safeParse(typed);
    if (!form.success) return showMails(c, poll, { typed, problems: formProblems(form.error) });
    const changed = await inTransaction(services.db, (tx) =>
      changeTerms(tx, actor, organiser, form.data),
    );
    if (!changed.ok) return showMails(c, poll, { typed, problems: [changed.error] });
    return seeOther(c, action, 'Saved.');
  });

  return routes;
}
