import { expectOk } from '@cairn/kernel/result';
import { describe, expect, test } from 'vitest';
import { TOPIC_ISSUE_FORM } from '../documents/skeleton-texts-rules.ts';
import {
  formFaults,
  formKey,
  type IssueForm,
  issueBody,
  readIssueForm,
  startingAnswers,
} from './issue-form-rules.ts';

const FORM = `name: Room
description: Something about a room
title: "Room: "
labels: [place, urgent]
assignees: [octocat]
body:
  - type: markdown
    attributes: {value: "Thanks!"}
  - type: input
    id: room
    attributes: {label: Which room?, placeholder: "2.14"}
    validations: {required: true}
  - type: textarea
    id: log
    attributes: {label: Log, render: shell}
  - type: dropdown
    id: when
    attributes: {label: When?, multiple: true, options: [Monday, Tuesday, "Friday"]}
    validations: {required: true}
  - type: checkboxes
    id: agree
    attributes:
      label: Before you send it
      options:
        - {label: I have looked, required: true}
        - {label: I can help}
`;
const form: IssueForm = expectOk(readIssueForm('room', FORM, 'room.yml'));

describe('a form of an issue', () => {
  test('is read as GitHub writes it', () => {
    expect(form).toMatchObject({ name: 'Room', title: 'Room: ', labels: ['place', 'urgent'] });
    expect(form.parts.map(({ field }) => field)).toEqual([
      'part-0',
      'part-room',
      'part-log',
      'part-when',
      'part-agree',
    ]);
    expectOk(readIssueForm('topic', TOPIC_ISSUE_FORM, 'topic.yml'));
  });

  test('says each of its faults, with the line', () => {
    const faults = readIssueForm(
      'x',
      'name: X\ndescription: Y\nbody:\n  - type: slider\n    attributes: {label: Z}\n',
      'x.yml',
    );
    expect(faults).toMatchObject({
      ok: false,
      error: [{ code: 'bad-issue-form', place: { file: 'x.yml', line: 4 } }],
    });
    for (const wrong of ['', '[[', 'name: only', 'body: []', 'a: &a [*a]', '\u0000']) {
      expect(readIssueForm('x', wrong, 'x.yml').ok).toBe(false);
    }
  });

  test('asks for what is required, and takes no answer that it does not offer', () => {
    expect(formFaults(form, {}).map(({ place }) => place.path)).toEqual([
      'part-room',
      'part-when',
      'part-agree',
    ]);
    const answers = { 'part-room': '2.14', 'part-when': ['Sunday'], 'part-agree': 'I have looked' };
    expect(formFaults(form, answers).map(({ place }) => place.path)).toEqual(['part-when']);
  });

  test('makes the same text as GitHub', () => {
    const answers = {
      'part-room': '2.14',
      'part-log': 'ls ```\r\nx',
      'part-when': ['Monday', 'Friday'],
      'part-agree': 'I have looked',
    };
    expect(formFaults(form, answers)).toEqual([]);
    expect(issueBody(form, answers)).toBe(
      [
        '### Which room?\n\n2.14',
        '### Log\n\n````shell\nls ```\nx\n````',
        '### When?\n\nMonday, Friday',
        '### Before you send it\n\n- [X] I have looked\n- [ ] I can help',
      ].join('\n\n'),
    );
    expect(issueBody(form, {})).toContain('### Log\n\n_No response_');
  });

  test('begins with what its file says', () => {
    expect(startingAnswers(expectOk(readIssueForm('t', TOPIC_ISSUE_FORM, 't.yml')))).toMatchObject({
      'part-first-tasks': '- [ ] ',
    });
  });

  test('has an address made of its file, and no other file has one', () => {
    expect(formKey('.github/ISSUE_TEMPLATE/bug_report.yml')).toBe('bug_report');
    for (const path of ['.github/ISSUE_TEMPLATE/a/b.yml', 'ISSUE_TEMPLATE/a.yml', 'topic.yml']) {
      expect(formKey(path)).toBeUndefined();
    }
  });
});
