// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import java.util.Objects;

/**
 * How far a loop may run without being cut in two.
 *
 * <p>So that threads can be stopped soon, C2 cuts a counted loop into strips if the garbage
 * collector asks for it, as G1 does, and ZGC and Shenandoah: a loop over strips around a loop over
 * the iterations of one. All accumulators of a kernel then live through both, which costs a short
 * kernel up to a sixth of its time, some a third (Zen 4, JDK 25). A loop of which the compiler
 * knows that it is no longer than a strip stays whole.
 *
 * <p>Not every kernel gains: the matrix microkernels, whose loop over the depth is inside that over
 * tiles, the tiles of weight gradients and those that only machines with 16 registers have are
 * faster cut, some by a third. So it is for each to measure.
 *
 * <p>Source: Westrelin, Loop Strip Mining in C2, JDK-8186027.
 */
public final class LoopStrip {
  /** The iterations of a strip unless HotSpot is told otherwise: its LoopStripMiningIter. */
  public static final int MOST = 1000;

  private LoopStrip() {}

  /**
   * The same count, and the compiler knows that it is no more than {@link #MOST}.
   *
   * @throws IndexOutOfBoundsException if it is more
   */
  public static int whole(int count) {
    return Objects.checkIndex(count, MOST + 1);
  }
}
