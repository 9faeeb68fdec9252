/**
 * What money is spent on. Each category has one place in a budget in the shape of NSF's form 1030 (PAPPG 24-1):
 * F is participant support, G other direct costs.
 */
export const CATEGORIES = {
  travel: { label: 'Travel to and from the summit', form: 'F.2' },
  local_transport: { label: 'Transport in town', form: 'F.2' },
  mileage: { label: 'Own car, by distance', form: 'F.2' },
  visa: { label: 'Visa and travel documents', form: 'F.2' },
  lodging: { label: 'Lodging', form: 'F.3' },
  meals: { label: 'Meals', form: 'F.3' },
  per_diem: { label: 'Per diem', form: 'F.3' },
  stipend: { label: 'Stipend', form: 'F.1' },
  care: { label: 'Care of children and dependants', form: 'F.4' },
  catering: { label: 'Catering for all', form: 'G.6' },
  venue: { label: 'Rooms and equipment', form: 'G.6' },
  supplies: { label: 'Materials and supplies', form: 'G.1' },
  other: { label: 'Other', form: 'F.4' },
} as const satisfies Record<string, { readonly label: string; readonly form: string }>;

export type Category = keyof typeof CATEGORIES;
export const CATEGORY_KEYS = Object.keys(CATEGORIES) as readonly Category[]; // the keys of the constant above

/** A stored category; what a later version knows and this one does not counts as other. */
export const categoryOf = (text: string): Category =>
  CATEGORY_KEYS.find((key) => key === text) ?? 'other';

/** What a category is called on screens and papers. */
export const categoryLabel = (category: string): string => CATEGORIES[categoryOf(category)].label;
