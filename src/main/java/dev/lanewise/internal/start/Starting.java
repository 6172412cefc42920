// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

/**
 * A kernel in two forms with the same bits: scalars, and once they are fast vectors. Or in one: no
 * form, and once they are fast vectors.
 *
 * <p>The caller takes the form that is to run, once for many calls of it, and tells how long they
 * took:
 *
 * <pre>
 *   K kernel = starting.kernel();
 *   long since = starting.clock(kernel);
 *   …
 *   starting.ran(kernel, since);
 * </pre>
 *
 * <p>The vector form is made when it is first tried: a short program never loads it.
 *
 * <p>It is told the class of the vector form and the number of a part, where lambdas that make the
 * one and try the other would say more: each lambda costs a process up to a millisecond when it
 * starts.
 *
 * @param <K> what both forms implement; not sealed, for the sake of copies
 */
public final class Starting<K extends Starting.Form> implements Takeover.Candidate {
  /** What can be tried. */
  public interface Form {
    /**
     * Calls all methods once on memory of its own, as small as is enough to see how fast they are.
     *
     * @return about how many vectors, of operands or of products, that were
     */
    int trial();

    /**
     * The same of those methods alone that one {@link Starting} is used for.
     *
     * @param part which, as a number of the form's own
     */
    default int trial(int part) {
      throw new IllegalArgumentException("no parts: " + part);
    }
  }

  /** Not a part. */
  private static final int WHOLE = -1;

  private final Class<? extends K> original;

  /** What a class that stands for several is made with; null if it is none. */
  private final Object constants;

  /** What is tried: {@link #WHOLE}, or a number of the form's own. */
  private final int part;

  /** The form that something follows; null if nothing does, or if nothing comes before. */
  private final K scalar;

  private final Takeover takeover = new Takeover();

  /** What is tried; null before. */
  private K vector;

  private volatile K kernel;

  /**
   * A kernel that starts.
   *
   * @param vector the vector form, with a constructor without parameters
   */
  public Starting(Class<? extends K> vector, K scalar) {
    this(vector, null, scalar, WHOLE);
  }

  /**
   * One of several kernels with the same code and other numbers.
   *
   * @param constants what {@link KernelCopy#constants} is to tell the vector form's class
   */
  public static <K extends Form> Starting<K> withConstants(
      Class<? extends K> vector, Object constants, K scalar) {
    return new Starting<>(vector, constants, scalar, WHOLE);
  }

  /**
   * A part of a kernel that starts by itself.
   *
   * @param part what {@link Form#trial(int)} is to try, at least 0
   */
  public Starting(Class<? extends K> vector, K scalar, int part) {
    this(vector, null, scalar, part);
  }

  private Starting(Class<? extends K> vector, Object constants, K scalar, int part) {
    this.original = vector;
    this.constants = constants;
    this.part = part;
    this.scalar = scalar;
    this.kernel = takeover.done() ? vector() : scalar;
  }

  /**
   * A kernel without a scalar form: {@link #kernel} is null until the vector form is fast. What the
   * caller does without it counts as scalar work.
   */
  public static <K extends Form> Starting<K> vectorOnly(Class<? extends K> vector) {
    return new Starting<>(vector, null);
  }

  /** One of several without scalar forms, with the same code and other numbers. */
  public static <K extends Form> Starting<K> vectorOnly(
      Class<? extends K> vector, Object constants) {
    return withConstants(vector, constants, null);
  }

  private Starting(K only) {
    original = null;
    constants = null;
    part = WHOLE;
    scalar = null;
    kernel = only;
  }

  /** A kernel that stays as it is, on machines without vectors. */
  public static <K extends Form> Starting<K> fixed(K kernel) {
    return new Starting<>(kernel);
  }

  /** The form that is to run now; null if there is none yet. */
  public K kernel() {
    return kernel;
  }

  /** When calls of a form begin, in the words of {@link #ran}. */
  public long clock(K form) {
    return form == scalar ? System.nanoTime() : 0;
  }

  /** To be told that a form did what it was taken for; tries the vector form if it is time. */
  public void ran(K form, long since) {
    if (form == scalar) {
      takeover.scalar(System.nanoTime() - since, this);
      if (takeover.done()) {
        kernel = vector();
      }
    }
  }

  @Override
  public int trial() {
    return part == WHOLE ? vector().trial() : vector().trial(part);
  }

  private synchronized K vector() {
    if (vector == null) {
      vector = constants == null ? KernelCopy.original(original) : copy();
    }
    return vector;
  }

  @Override
  public synchronized void renew() {
    vector = copy();
  }

  @SuppressWarnings("unchecked")
  private K copy() {
    // A copy implements what the original does.
    return (K) KernelCopy.of(original, constants);
  }
}
