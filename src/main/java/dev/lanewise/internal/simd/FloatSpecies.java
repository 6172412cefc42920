// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The species of every float kernel: a static final, which C2 folds into the code. The widest one
 * this JVM supports and never wider: a 512-bit kernel under AVX2 runs at a thousandth of the speed.
 *
 * <p>There is no other. All species share the methods of {@link FloatVector}, and with them C2's
 * profiles of the types that they see: with a second one C2 compiles for both, and a vector that
 * could be of either it leaves on the heap, for good, in whatever kernel it meets (JDK 25).
 */
public final class FloatSpecies {
  /** The species. */
  public static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorShape.forBitSize(FloatLanes.BITS));

  private FloatSpecies() {}
}
