import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../design/actions.tsx';
import { FileField, HiddenField, TextArea } from '../../design/controls.tsx';
import { Form } from '../../design/form.tsx';

interface FileFormProps {
  readonly action: string;
  readonly source: string;
  readonly revision?: number;
  readonly problems?: readonly Problem[];
  readonly verb: string;
}

/** A summit file, typed or pasted into the box, or uploaded. */
export const FileForm = ({ action, source, revision, problems, verb }: FileFormProps) => (
  <Form action={action} problems={problems} multipart label="summit.yaml">
    {revision !== undefined && <HiddenField name="revision" value={String(revision)} />}
    <TextArea
      name="source"
      label="summit.yaml"
      hint="Every # begins a comment, which is kept. Lines that belong under a key are indented with blanks, never with tabs."
      value={source}
      rows={30}
    />
    <FileField
      name="file"
      label="Or upload a file"
      hint="It takes the place of what stands in the box."
      accept=".yaml,.yml,text/yaml,application/yaml"
      optional
    />
    <Actions>
      <SubmitButton>{verb}</SubmitButton>
    </Actions>
  </Form>
);
