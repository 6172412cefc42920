// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Adds up the lanes of many vectors: in rounds s = 1, 2, 4, 8 lanes s apart are added, those of two
 * vectors at a time, which makes one of two. The order depends on nothing; that of {@code
 * reduceLanes} is the compiler's.
 *
 * <p>Each round is a method of its own, because a shuffle and a mask are fast only where C2 knows
 * them as constants.
 */
public final class FloatVectorLaneSums implements FloatNeighbourSums {
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_8 = odd(8);

  private static VectorShuffle<Float> swap(int lanes) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ lanes) % LENGTH);
  }

  private static VectorMask<Float> odd(int group) {
    long lanes = 0;
    for (int lane = 0; lane < LENGTH; lane++) {
      lanes |= (lane & group) == 0 ? 0 : 1L << lane;
    }
    return VectorMask.fromLong(SPECIES, lanes);
  }

  @Override
  public void run(float[] vectors, int offset, int count) {
    int left = count / 2;
    round1(vectors, offset, left);
    if (LENGTH > 2) {
      left /= 2;
      round2(vectors, offset, left);
    }
    if (LENGTH > 4) {
      left /= 2;
      round4(vectors, offset, left);
    }
    if (LENGTH > 8) {
      left /= 2;
      round8(vectors, offset, left);
    }
  }

  /** One of each of {@code pairs} pairs. */
  public static void round1(float[] vectors, int offset, int pairs) {
    for (int i = 0; i < pairs; i++) {
      FloatVector a = FloatVector.fromArray(SPECIES, vectors, offset + 2 * i * LENGTH);
      FloatVector b = FloatVector.fromArray(SPECIES, vectors, offset + 2 * i * LENGTH + LENGTH);
      a.blend(b, ODD_1)
          .add(b.blend(a, ODD_1).rearrange(SWAP_1))
          .intoArray(vectors, offset + i * LENGTH);
    }
  }

  /** One of each of {@code pairs} pairs. */
  public static void round2(float[] vectors, int offset, int pairs) {
    for (int i = 0; i < pairs; i++) {
      FloatVector a = FloatVector.fromArray(SPECIES, vectors, offset + 2 * i * LENGTH);
      FloatVector b = FloatVector.fromArray(SPECIES, vectors, offset + 2 * i * LENGTH + LENGTH);
      a.blend(b, ODD_2)
          .add(b.blend(a, ODD_2).rearrange(SWAP_2))
          .intoArray(vectors, offset + i * LENGTH);
    }
  }

  /** One of each of {@code pairs} pairs. */
  public static void round4(float[] vectors, int offset, int pairs) {
    for (int i = 0; i < pairs; i++) {
      FloatVector a = FloatVector.fromArray(SPECIES, vectors, offset + 2 * i * LENGTH);
      FloatVector b = FloatVector.fromArray(SPECIES, vectors, offset + 2 * i * LENGTH + LENGTH);
      a.blend(b, ODD_4)
          .add(b.blend(a, ODD_4).rearrange(SWAP_4))
          .intoArray(vectors, offset + i * LENGTH);
    }
  }

  /** One of each of {@code pairs} pairs. */
  public static void round8(float[] vectors, int offset, int pairs) {
    for (int i = 0; i < pairs; i++) {
      FloatVector a = FloatVector.fromArray(SPECIES, vectors, offset + 2 * i * LENGTH);
      FloatVector b = FloatVector.fromArray(SPECIES, vectors, offset + 2 * i * LENGTH + LENGTH);
      a.blend(b, ODD_8)
          .add(b.blend(a, ODD_8).rearrange(SWAP_8))
          .intoArray(vectors, offset + i * LENGTH);
    }
  }
}
