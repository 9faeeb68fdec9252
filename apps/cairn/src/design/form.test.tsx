import { problem } from '@cairn/kernel/problem';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Confirm } from './actions.tsx';
import {
  Checkbox,
  DateField,
  HiddenField,
  MonthField,
  NumberField,
  RadioGroup,
  Select,
  TextArea,
  TextField,
  TimeField,
  WallTimeField,
} from './controls.tsx';
import { ErrorSummary, Form, fieldId } from './form.tsx';

const options = [
  { value: 'a', label: 'Ada' },
  { value: 'b', label: 'Bob' },
];

test('a field tells its label, its hint and its problem together', () => {
  const html = renderToString(
    <Form action="/go" problems={[problem('x', 'Write a title.', { path: 'title' })]}>
      <TextField name="title" label="Title" hint="Short." value="" />
      <TextField name="place" label="Place" value="Seattle" />
    </Form>,
  );
  expect(html).toContain('<label for="field-title">Title</label>');
  expect(html).toContain(
    'name="title" aria-describedby="field-title-hint field-title-error" aria-invalid="true"',
  );
  expect(html).toContain('<span class="hint" id="field-title-hint">Short.</span>');
  expect(html.match(/aria-invalid/g)).toHaveLength(1);
});

test('the summary counts the problems and leads to each field', () => {
  const html = renderToString(
    <ErrorSummary
      problems={[
        problem('x', 'Write a title.', { path: 'title' }),
        problem('y', 'Write a day.', { path: 'meetings[0].day' }),
      ]}
    />,
  );
  expect(html).toContain('role="alert"');
  expect(html).toContain('2 things to mend');
  expect(html).toContain('<a href="#field-title">Write a title.</a>');
  expect(html).toContain(`<a href="#${fieldId('meetings[0].day')}">Write a day.</a>`);
});

test('a problem in a file says line and column, and links nowhere', () => {
  const html = renderToString(
    <ErrorSummary
      problems={[
        problem('x', 'Write “venue”.', { file: 's.yaml', line: 3, column: 5, path: 'venu' }),
      ]}
    />,
  );
  expect(html).toContain('s.yaml, line 3, column 5: ');
  expect(html).not.toContain('<a ');
});

test('without problems there is no summary', () => {
  expect(renderToString(<ErrorSummary problems={[]} />)).toBe('');
});

test('two names never share an id', () => {
  const names = ['a[0].b', 'a_0__b', 'a.0.b', 'a-0-b', 'a b', 'a~20~b', 'á b'];
  expect(new Set(names.map(fieldId)).size).toBe(names.length);
});

test('a form that a page repeats keeps its ids apart, and its names alike', () => {
  const html = renderToString(
    <Form action="/go" scope="ada" problems={[problem('x', 'Write why.', { path: 'reason' })]}>
      <HiddenField name="person" value="ada" />
      <TextField name="reason" label="Reason" />
    </Form>,
  );
  expect(html).toContain('<a href="#field-ada.reason">Write why.</a>');
  expect(html).toContain('<input id="field-ada.reason" name="reason"');
  expect(html).toContain('<input type="hidden" name="person" value="ada"/>');
});

test('what was typed stays, whatever it is', () => {
  const typed = '"><script>alert(1)</script>';
  const text = renderToString(<TextField name="t" label="T" value={typed} />);
  expect(text).toContain('value="&quot;>&lt;script>');
  expect(renderToString(<NumberField name="n" label="N" value="forty" />)).toContain(
    'value="forty"',
  );
  expect(renderToString(<DateField name="d" label="D" value="2023-02-30" />)).toMatch(
    /type="text" value="2023-02-30"|value="2023-02-30"[^>]*type="text"/,
  );
  expect(renderToString(<TimeField name="c" label="C" value="9 am" />)).toMatch(/type="text"/);
  expect(renderToString(<TextArea name="a" label="A" value={'\nsecond line'} />)).toContain(
    '>\n\nsecond line</textarea>',
  );
});

test('a day or a time that can be shown gets the browser’s picker', () => {
  expect(renderToString(<DateField name="d" label="D" value="2023-02-28" />)).toMatch(
    /type="date"/,
  );
  expect(renderToString(<DateField name="d" label="D" />)).toMatch(/type="date"/);
  expect(renderToString(<TimeField name="c" label="C" value="23:59" />)).toMatch(/type="time"/);
});

test.each([
  [MonthField, '2023-02', 'month'],
  [MonthField, 'February', 'text'],
  [WallTimeField, '2023-02-27T09:00', 'datetime-local'],
  [WallTimeField, '2023-02-30T09:00', 'text'],
  [WallTimeField, '2023-02-27', 'text'],
] as const)('%# a picker shows “%s” or leaves it as text', (Picker, value, type) => {
  const html = renderToString(<Picker name="p" label="P" value={value} />);
  expect(html).toContain(`type="${type}"`);
  expect(html).toContain(`value="${value}"`);
});

test('the chosen answer, and only that, is marked', () => {
  const select = renderToString(
    <Select name="s" label="S" value="b" options={options} empty="–" />,
  );
  expect(select).toContain('<option value>–</option>');
  expect(select).toContain('<option value="a">Ada</option>');
  expect(select).toMatch(/<option (?=[^>]*value="b")(?=[^>]*selected)[^>]*>Bob/);
  const radios = renderToString(<RadioGroup name="r" label="R" value="b" options={options} />);
  expect(radios.match(/checked/g)).toHaveLength(1);
  expect(radios).toMatch(/<input (?=[^>]*value="b")(?=[^>]*checked)/);
});

test('fields are needed unless they say otherwise', () => {
  expect(renderToString(<TextField name="t" label="T" />)).toContain('aria-required="true"');
  const free = renderToString(<TextField name="t" label="T" optional />);
  expect(free).toContain('(optional)');
  expect(free).not.toContain('aria-required');
});

test('a checkbox that must be ticked tells its problem', () => {
  const html = renderToString(
    <Form action="/go" problems={[problem('x', 'Tick to agree.', { path: 'agree' })]}>
      <Checkbox name="agree" label="I agree" />
    </Form>,
  );
  expect(html).toContain('aria-describedby="field-agree-error"');
  expect(html).not.toContain('checked');
});

test('a dangerous action posts, is named by its verb, and offers the way back', () => {
  const html = renderToString(
    <Confirm action="/erase" verb="Erase Ada" back="/people" consequences="For ever." />,
  );
  expect(html).toContain('action="/erase" method="post"');
  expect(html).toContain('<button type="submit" class="danger final">Erase Ada</button>');
  expect(html).toContain('<a href="/people">Leave things as they are</a>');
});
