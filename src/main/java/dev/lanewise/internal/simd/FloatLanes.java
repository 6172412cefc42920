// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import jdk.incubator.vector.VectorShape;

/**
 * How many floats a vector of this machine has. Of the vector module it loads nothing but the
 * shapes: plans need the number at the start of a process, and {@link FloatSpecies} takes some ten
 * milliseconds more, which a process without vector kernels need not spend.
 */
public final class FloatLanes {
  /** Bits of the widest vectors this JVM supports, of any element type. */
  static final int MOST_BITS = VectorShape.preferredShape().vectorBitSize();

  /** The same, and no more than asked. */
  static final int BITS =
      Math.min(
          MOST_BITS,
          // Read here and not in Machine, which asks this class for its width while it initialises.
          Integer.getInteger("dev.lanewise.vectorBits", Integer.MAX_VALUE));

  /** Lanes of {@link FloatSpecies#SPECIES}. */
  public static final int LENGTH = BITS / Float.SIZE;

  private FloatLanes() {}
}
