/** Meals of a day, in the order in which they are had. */
export const MEALS = ['breakfast', 'lunch', 'dinner'] as const;
export type Meal = (typeof MEALS)[number];

/** How a meal of a day is called wherever meals are looked up: `2023-05-22 lunch`. */
export const mealKey = (date: string, meal: Meal): string => `${date} ${meal}`;
