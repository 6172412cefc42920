// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;

/**
 * What follows the sum, while it is still in a cache: target = activation(target + residual).
 *
 * <p>NaN stays NaN under every activation.
 */
public final class FloatEpilogue {
  /** Leaves the sum as it is. */
  public static final FloatEpilogue NONE = new FloatEpilogue(Kind.NONE, 0, 0);

  private final Kind kind;
  private final float low;
  private final float high;

  private enum Kind {
    NONE,
    CLAMP,
    LEAKY
  }

  private FloatEpilogue(Kind kind, float low, float high) {
    this.kind = kind;
    this.low = low;
    this.high = high;
  }

  /** min(max(x, low), high). */
  public static FloatEpilogue clamp(float low, float high) {
    return new FloatEpilogue(Kind.CLAMP, low, high);
  }

  /** x for x ≥ 0, slope·x below. */
  public static FloatEpilogue leaky(float slope) {
    return new FloatEpilogue(Kind.LEAKY, slope, 0);
  }

  /** Finishes a stretch of the target; called once for each element, when its sum is complete. */
  public void apply(Object target, long at, Object residual, long residualAt, long count) {
    for (long done = 0; done < count; ) {
      int stretch = (int) Math.min(count - done, 1 << 30);
      apply(target, at + done, residual, residualAt + done, stretch);
      done += stretch;
    }
  }

  private void apply(Object target, long at, Object residual, long residualAt, int count) {
    if (residual != null) {
      FloatMemory.add(residual, residualAt, target, at, count);
    }
    if (kind == Kind.CLAMP) {
      FloatMemory.clamp(target, at, count, low, high);
    } else if (kind == Kind.LEAKY) {
      FloatMemory.leaky(target, at, count, low);
    }
  }
}
