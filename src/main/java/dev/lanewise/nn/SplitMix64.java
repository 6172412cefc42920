// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.random.RandomGenerator;

/**
 * Steele, Lea and Flood's SplitMix64: 64 random bits from a 64-bit state.
 *
 * <p>Unlike the generators of the JDK its algorithm can never change, and its whole state is one
 * number, so that a run can be repeated anywhere and taken up again where it stopped.
 *
 * <p>Steele, Lea and Flood, <i>Fast Splittable Pseudorandom Number Generators</i>, 2014.
 */
public final class SplitMix64 implements RandomGenerator {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /**
   * Starts a sequence.
   *
   * @param seed any number: another seed or the {@link #state} of a generator to go on from
   */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * Everything that decides the numbers to come.
   *
   * @return the seed of a generator that goes on as this one would
   */
  public long state() {
    return state;
  }

  /**
   * Goes on as another generator would.
   *
   * @param state what {@link #state()} said of the other
   */
  public void state(long state) {
    this.state = state;
  }
}
