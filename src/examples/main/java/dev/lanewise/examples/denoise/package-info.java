// SPDX-License-Identifier: Apache-2.0
/**
 * Noise2Noise: a network that learns to take noise away although it never sees a picture without
 * any, and what it is measured by.
 */
package dev.lanewise.examples.denoise;
