// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import java.util.function.Supplier;
import java.util.function.ToIntFunction;

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
 * @param <K> what both forms implement; not sealed, for the sake of copies
 */
public final class Starting<K> implements Takeover.Candidate {
  /** What can be tried. */
  public interface Form {
    /**
     * Calls all methods once on memory of its own, as small as is enough to see how fast they are.
     *
     * @return about how many vectors, of operands or of products, that were
     */
    int trial();
  }

  private final Supplier<? extends K> original;
  private final ToIntFunction<? super K> trial;

  /** The form that something follows; null if nothing does, or if nothing comes before. */
  private final K scalar;

  private final Takeover takeover = new Takeover(this);

  /** What is tried; null before. */
  private K vector;

  private volatile K kernel;

  /**
   * A kernel that starts.
   *
   * @param vector makes the vector form, of a class with a constructor without parameters
   * @param trial {@link Form#trial}, or as much of it as this one is used for
   */
  public Starting(Supplier<? extends K> vector, K scalar, ToIntFunction<? super K> trial) {
    this.original = vector;
    this.trial = trial;
    this.scalar = scalar;
    this.kernel = takeover.done() ? vector.get() : scalar;
  }

  /**
   * A kernel without a scalar form: {@link #kernel} is null until the vector form is fast. What the
   * caller does without it counts as scalar work.
   */
  public static <K> Starting<K> vectorOnly(
      Supplier<? extends K> vector, ToIntFunction<? super K> trial) {
    return new Starting<>(vector, null, trial);
  }

  private Starting(K only) {
    original = null;
    trial = null;
    scalar = null;
    kernel = only;
  }

  /** A kernel that stays as it is, on machines without vectors. */
  public static <K> Starting<K> fixed(K kernel) {
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
      takeover.scalar(System.nanoTime() - since);
      if (takeover.done()) {
        kernel = vector();
      }
    }
  }

  @Override
  public int trial() {
    return trial.applyAsInt(vector());
  }

  private synchronized K vector() {
    if (vector == null) {
      vector = original.get();
    }
    return vector;
  }

  @Override
  @SuppressWarnings("unchecked")
  public synchronized void renew() {
    // A copy implements what the original does.
    vector = (K) KernelCopy.of(original.get().getClass());
  }
}
