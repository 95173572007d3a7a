export interface Dish {
  name: string;
}

export interface Order {
  at: Date;
  dishes: Map<string, Dish>;
  until: Date;
}

export interface Note {
  text: string;
  more: unknown;
}
