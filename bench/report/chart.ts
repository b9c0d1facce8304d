/** A finished chart: the name of its file without ending, what it shows in words, and the drawing. */
export interface Chart {
  readonly name: string;
  readonly alt: string;
  readonly svg: string;
}
